import { Secret } from "../../domain/secret.ts";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import { askHelper, type RunHelper } from "./credential-helper.ts";
import { fieldsOf, isObject, parseJson, textOf } from "./json.ts";

/** A login for one registry: a name and a password, or an identity token (an OAuth2 refresh token). */
export type Credentials = { readonly username: string; readonly password: Secret } | { readonly identityToken: Secret };

/** Docker Hub's key in `auths` and for helpers, older than its present address. */
const dockerHubKey = "https://index.docker.io/v1/";

/**
 * Finds the login that Docker itself would use for a registry, in the order of the docker CLI
 * (docs.docker.com/reference/cli/docker/login): the helper that `credHelpers` names for this registry, else the one
 * in `credsStore`; when it knows none, or there is no helper, `auths`.
 *
 * @param configText the text of Docker's config.json on the machine whose login is wanted; undefined when it has none
 * @param registry `host[:port]`, or `docker.io`
 * @param runHelper runs a credential helper on that same machine
 * @returns undefined when there is no login; `registry-login` (its `image` is the registry: no image is known
 * here) when the file or the helper is broken, and the helper runner's own failures
 */
export async function findCredentials(
  configText: string | undefined,
  registry: string,
  runHelper: RunHelper,
): Promise<Outcome<Credentials | undefined>> {
  if (configText === undefined || configText.trim() === "") return ok(undefined);
  const config = parseJson(configText.replace(/^\uFEFF/, ""));
  if (!isObject(config)) return fail(broken(registry, "Docker's config.json is not a JSON object"));

  const server = serverKey(registry);
  const helper = helperFor(config, registry, server);
  if (helper !== undefined) {
    const answer = await askHelper(helper, server, registry, runHelper);
    if (!answer.ok || answer.value !== undefined) return answer;
  }
  const entry = entryFor(fieldsOf(config["auths"]), registry, server);
  return entry === undefined ? ok(undefined) : credentialsOfEntry(entry, registry);
}

/** The name under which Docker keeps a registry's login: Docker Hub's old address, else `host[:port]`. */
export function serverKey(registry: string): string {
  return registry === "docker.io" ? dockerHubKey : registry;
}

/** A helper named "" for a registry means the file itself, as in the docker CLI. */
function helperFor(config: Readonly<Record<string, unknown>>, registry: string, server: string): string | undefined {
  const helpers = fieldsOf(config["credHelpers"]);
  const key = [server, registry].find((name) => Object.hasOwn(helpers, name));
  return textOf(key === undefined ? config["credsStore"] : helpers[key]);
}

/** The exact key first, then any key with the same host, whatever scheme or path it was written with. */
function entryFor(auths: Readonly<Record<string, unknown>>, registry: string, server: string): unknown {
  for (const key of [server, registry]) if (Object.hasOwn(auths, key)) return auths[key];
  const key = Object.keys(auths).find((name) => hostOfKey(name) === hostOfKey(registry));
  return key === undefined ? undefined : auths[key];
}

function hostOfKey(key: string): string {
  const host = key.replace(/^https?:\/\//i, "").replace(/\/.*$/s, "");
  return /^(?:index|registry-1)\.docker\.io$/i.test(host) ? "docker.io" : host.toLowerCase();
}

function credentialsOfEntry(entry: unknown, registry: string): Outcome<Credentials | undefined> {
  const fields = fieldsOf(entry);
  const identityToken = textOf(fields["identitytoken"]);
  if (identityToken !== undefined) return ok({ identityToken: new Secret(identityToken) });

  const auth = textOf(fields["auth"]);
  if (auth !== undefined) {
    const plain = Buffer.from(auth, "base64").toString("utf8");
    const colon = plain.indexOf(":");
    if (colon <= 0) return fail(broken(registry, "`auth` in Docker's config.json is not base64 of name:password"));
    const password = plain.slice(colon + 1).replace(/^\0+|\0+$/g, "");
    return ok({ username: plain.slice(0, colon), password: new Secret(password) });
  }

  const username = textOf(fields["username"]);
  const password = textOf(fields["password"]);
  if (username === undefined || password === undefined) return ok(undefined);
  return ok({ username, password: new Secret(password) });
}

function broken(registry: string, detail: string) {
  return { reason: "registry-login", registry, image: registry, detail } as const;
}
