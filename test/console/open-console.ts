import { ConsoleClient } from "./console-client.ts";
import { startConsole, type ConsoleProcess, type ConsoleStart } from "./console-process.ts";

export const PASSWORD = "correct-horse-battery";

export interface OpenConsole {
  readonly console: ConsoleProcess;
  /** Signed in as the administrator. */
  readonly admin: ConsoleClient;
  /** Ids of an environment and of the local config centre, which every order needs. */
  readonly environment: number;
  readonly configCentre: number;
}

/** A console with nothing in it but an administrator, an environment and the machine that it runs on. */
export async function openConsole(start: ConsoleStart = {}): Promise<OpenConsole> {
  const started = await startConsole(start);
  const admin = new ConsoleClient(started.url);
  await admin.signIn("admin", started.oneTimePassword ?? PASSWORD, PASSWORD);
  const environment = await admin.define("environment", { name: "prod" });
  const centres = await admin.call("GET /definitions/:kind", { params: { kind: "config_centre" } });
  return { console: started, admin, environment: environment.id, configCentre: centres.items[0]?.id ?? 0 };
}

/** Another administrator's client on the same or a restarted console. */
export async function signInAgain(url: string): Promise<ConsoleClient> {
  const client = new ConsoleClient(url);
  await client.signIn("admin", PASSWORD);
  return client;
}
