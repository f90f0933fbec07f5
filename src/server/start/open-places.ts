import { homedir, hostname } from "node:os";
import { delimiter, join } from "node:path";
import { centreHost } from "../../adapters/place/centre-host.ts";
import { createLocalPlace, taskEnvironment } from "../../adapters/place/local-place.ts";
import type { Place } from "../../adapters/place/place.ts";
import { createSshPlace } from "../../adapters/place/ssh-place.ts";
import { createTransport } from "../../adapters/ssh/transport.ts";
import type { ConfigCentre } from "../../contract/definitions.ts";
import { createAdapters } from "../../gantry/adapters.ts";
import { gantryEnvironment } from "../gantry/gantry-at.ts";
import { createGantryAtPlace } from "../gantry/gantry-at-place.ts";
import { createLocalGantry } from "../gantry/local-gantry.ts";
import type { OpenPlace } from "../places/places.ts";
import { unusablePlace } from "../places/unusable-place.ts";

export interface PlaceParts {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of this Gantry. */
  readonly installation: string;
}

/** Seconds until a machine counts as unreachable. */
const CONNECT_DEADLINE = 15;
/** Milliseconds for which it is believed that Gantry is, or is not, installed there. */
const BELIEVED = 60_000;

/** Opens config centres: this machine, or another one over SSH. */
export function openPlaces(parts: PlaceParts): (centre: ConfigCentre) => Promise<OpenPlace> {
  return (centre) => (centre.connection === "local" ? openLocal(centre, parts) : openRemote(centre, parts));
}

function openLocal(centre: ConfigCentre, { dataFolder, env, installation }: PlaceParts): Promise<OpenPlace> {
  const bin = join(installation, "bin");
  const environment: NodeJS.ProcessEnv = {
    ...taskEnvironment(env),
    PATH: `${bin}${delimiter}${env["PATH"] ?? "/usr/bin:/bin"}`,
  };
  const place = createLocalPlace({ name: centre.name, spoolRoot: join(dataFolder, "spool"), environment });
  const gantryEnv = gantryEnvironment(centre, env);
  const gantryProgram = join(bin, "gantry");
  const gantry = createLocalGantry({
    place,
    gantryProgram,
    gantryEnv,
    adapters: createAdapters({ ...environment, ...gantryEnv }),
    env: environment,
    cwd: environment["HOME"] ?? homedir(),
  });
  const findGantry = (): Promise<string> => Promise.resolve(gantryProgram);
  const spoolHome = `${hostname()}:${place.spoolRoot}`;
  return Promise.resolve({ place, gantry, gantryEnv, findGantry, spoolHome, close: () => place.close() });
}

async function openRemote(centre: ConfigCentre, { env }: PlaceParts): Promise<OpenPlace> {
  const login = await centreHost(centre);
  const transport = createTransport({ environment: taskEnvironment(env) });
  const place = login.ok
    ? createSshPlace({
        name: centre.name,
        connect: (signal) => transport.connect(login.value.host, { deadline: CONNECT_DEADLINE, signal }),
      })
    : unusablePlace(login.failure);
  const gantryEnv = gantryEnvironment(centre);
  const findGantry = believed(() => gantryIn(place));
  const gantry = createGantryAtPlace({ place, gantryProgram: findGantry, gantryEnv });
  const close = async (): Promise<void> => {
    await place.close();
    await transport.close();
    if (login.ok) login.value.remove();
  };
  return { place, gantry, gantryEnv, findGantry, spoolHome: null, close };
}

async function gantryIn(place: Place): Promise<string | undefined> {
  const found = await place.exec(["sh", "-c", "command -v gantry"], { deadline: 20, limit: 4096 });
  if (!found.ok || found.value.exitCode !== 0) return undefined;
  return found.value.stdout.toString("utf8").trim() || undefined;
}

/** Asks once, and again when what is known has become old. */
function believed<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (known === undefined || Date.now() - known.at > BELIEVED) known = { at: Date.now(), answer: ask() };
    return known.answer;
  };
}
