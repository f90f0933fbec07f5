import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { createLocalPlace, taskEnvironment } from "../../adapters/place/local-place.ts";
import type { ConfigCentre } from "../../contract/definitions.ts";
import { createAdapters } from "../../gantry/adapters.ts";
import { gantryEnvironment } from "../gantry/gantry-at.ts";
import { createLocalGantry } from "../gantry/local-gantry.ts";
import type { OpenPlace } from "../places/places.ts";

export interface PlaceParts {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder of this Gantry. */
  readonly installation: string;
}

/** Opens config centres: this machine, or another one over SSH. */
export function openPlaces(parts: PlaceParts): (centre: ConfigCentre) => OpenPlace {
  return (centre) => openLocal(centre, parts);
}

function openLocal(centre: ConfigCentre, { dataFolder, env, installation }: PlaceParts): OpenPlace {
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
  return { place, gantry, gantryEnv, findGantry: () => Promise.resolve(gantryProgram) };
}
