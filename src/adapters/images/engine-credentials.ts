import { attempt, unwrap, type Outcome } from "../../engine/errors.ts";
import type { Connection } from "../../engine/ports.ts";
import { helperDeadline, type RunHelper } from "./credential-helper.ts";
import { findCredentials } from "./credentials.ts";
import type { Environment } from "./environment.ts";
import { localCredentials } from "./local-credentials.ts";
import { registryAuthHeader } from "./registry-auth-header.ts";

/** The `X-Registry-Auth` header for a registry, from this machine's Docker login; undefined when there is none. */
export function ownAuthHeader(environment: Environment): (registry: string) => Promise<Outcome<string | undefined>> {
  const find = localCredentials(environment);
  return (registry) =>
    attempt(async () => {
      const credentials = unwrap(await find(registry));
      return credentials === undefined ? undefined : registryAuthHeader(credentials, registry);
    });
}

/** The same from the login of the user who runs docker on a host, as `docker pull` there would use it. */
export function hostAuthHeader(connection: Connection): (registry: string) => Promise<Outcome<string | undefined>> {
  return (registry) =>
    attempt(async () => {
      const show = 'f="${DOCKER_CONFIG:-$HOME/.docker}/config.json"; [ ! -f "$f" ] || cat "$f"';
      const file = unwrap(
        await connection.exec(["sh", "-c", show], { action: "read the Docker login", deadline: helperDeadline }),
      );
      const runHelper: RunHelper = (program, server) =>
        connection.exec([program, "get"], { action: program, deadline: helperDeadline, stdin: server });
      const credentials = unwrap(await findCredentials(file.stdout, registry, runHelper));
      return credentials === undefined ? undefined : registryAuthHeader(credentials, registry);
    });
}
