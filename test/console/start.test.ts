import { execFileSync } from "node:child_process";
import { rmSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { KEPT_SECRET } from "../../src/contract/definitions.ts";
import { ApiError, ConsoleClient } from "./console-client.ts";
import {
  newDataFolder,
  startConsole,
  startWorkerProcess,
  type ConsoleProcess,
  type WorkerProcess,
} from "./console-process.ts";
import { openConsole } from "./open-console.ts";
import { runProcesses } from "./run-processes.ts";

const started: (ConsoleProcess | WorkerProcess)[] = [];
afterEach(async () => {
  for (const process of started.splice(0).toReversed()) await process.stop();
});

describe("a console", () => {
  it("that could not listen shows the first password at the next start, when somebody can use it", async () => {
    const data = newDataFolder();
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(startConsole({ data, port })).rejects.toThrow(/Cannot listen on .*in use[^]*--listen/);
    taken.close();
    const console = await startConsole({ data });
    started.push(console);
    await new ConsoleClient(console.url).signIn("admin", console.oneTimePassword ?? "");
  });

  it("says which proxies it understands", async () => {
    await expect(startConsole({ env: { GANTRY_TRUST_PROXY: "true" } })).rejects.toThrow(
      /GANTRY_TRUST_PROXY=true: name the addresses/,
    );
    started.push(await startConsole({ env: { GANTRY_TRUST_PROXY: "loopback, 10.0.0.0/8" } }));
  });

  it("names the people of the example", async () => {
    const console = await startConsole({ args: ["--demo"] });
    started.push(console);
    expect(console.output()).toMatch(/sign in as wang or li with the password demo-demo-demo/);
    await new ConsoleClient(console.url).signIn("wang", "demo-demo-demo");
  });

  it("does not start with another key than the one that its secrets were encrypted with", async () => {
    const open = await openConsole();
    const data = { name: "kept", connection: "ssh", address: "127.0.0.9", password: "a-password" } as const;
    const { id } = await open.admin.define("config_centre", data);
    const shown = await open.admin.call("GET /definitions/:kind/:id", { params: { kind: "config_centre", id } });
    expect(shown.data["password"]).toBe(KEPT_SECRET);
    await open.console.stop();
    rmSync(join(open.console.data, "secret.key"));
    await expect(startConsole({ data: open.console.data })).rejects.toThrow(/encrypted with another key/);
  });

  it("says how long a name is locked", async () => {
    const { console, admin } = await openConsole();
    started.push(console);
    await admin.call("GET /session");
    const nobody = new ConsoleClient(console.url);
    const wrong = (): Promise<unknown> =>
      nobody.call("POST /session", { body: { name: "somebody", password: "wrong" } });
    for (let tries = 0; tries < 5; tries += 1) await expect(wrong()).rejects.toThrow("401");
    const problem = await wrong().catch((error: unknown) => (error instanceof ApiError ? error.problem : undefined));
    expect(problem).toMatchObject({ status: 429, retryAfter: 300 });
  });
});

describe("a worker", () => {
  it("refuses a folder that is no console's", async () => {
    await expect(startWorkerProcess(newDataFolder())).rejects.toThrow(/needs the console's database/);
  });

  it("does not call a run lost whose spool is another worker's, and leaves it to one there", async () => {
    const data = newDataFolder();
    const { console, admin, environment, configCentre } = await openConsole({ data, args: ["--no-worker"] });
    started.push(console);
    const first = await startWorkerProcess(data);
    const mainTask = "sh -c 'echo begun; sleep 25; echo over'";
    const order = await admin.define("work_order", { name: "long", environment, configCentre, mainTask });
    const { id } = await admin.submit(order.id);
    await expect.poll(async () => admin.log(await admin.request(id)), { timeout: 15_000 }).toBe("begun\n");

    const connection = JSON.parse(
      execFileSync(process.execPath, [join(import.meta.dirname, "connection.ts"), data], { encoding: "utf8" }),
    ) as { host: string; port: number; user: string; database: string };
    const { host, port, user, database } = connection;
    const elsewhere = await startWorkerProcess(newDataFolder(), {
      DATABASE_URL: `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
      GANTRY_SECRET_KEY: readFileSync(join(data, "secret.key"), "utf8").trim(),
    });
    started.push(elsewhere);
    await first.kill();
    const run = async () => (await admin.request(id)).run;
    await expect.poll(async () => (await run())?.state, { timeout: 30_000 }).toBe("unreachable");
    expect((await run())?.problem).toMatch(/^elsewhere: /);
    expect(runProcesses(data).map(({ command }) => command)).toContain("sleep 25 ");

    await elsewhere.stop();
    started.splice(started.indexOf(elsewhere), 1);
    started.push(await startWorkerProcess(data));
    const ended = await admin.until(id, undefined, 60);
    expect([ended.state, await admin.log(ended)]).toEqual(["succeeded", "begun\nover\n"]);
  }, 120_000);
});
