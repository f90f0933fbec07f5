import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEPT_SECRET, type ConfigCentre } from "../../src/contract/definitions.ts";
import { startSshdHost, type SshdHost } from "../e2e/sshd-fixture/sshd-host.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
let sshd: SshdHost;
let centre: Partial<ConfigCentre> & { name: string };
beforeAll(async () => {
  [open, sshd] = await Promise.all([openConsole(), startSshdHost({ address: "127.0.11.1" })]);
  centre = {
    name: "remote",
    connection: "ssh",
    address: sshd.address,
    port: sshd.port,
    user: "deploy",
    privateKey: readFileSync(sshd.clientKey, "utf8"),
  };
});
afterAll(async () => {
  await open?.console.stop();
  sshd?.stop();
});

const verify = (data: Record<string, unknown>, id: number | null = null) =>
  open.admin.call("POST /config-centres/verify", { body: { id, data } });

async function pinned(): Promise<number> {
  const { hostKey } = await verify(centre);
  const { id } = await open.admin.define("config_centre", {
    ...centre,
    name: `remote${Math.random()}`,
    hostKey: hostKey?.key ?? "",
  });
  return id;
}

async function order(name: string, configCentre: number, mainTask: string): Promise<number> {
  return (await open.admin.define("work_order", { name, environment: open.environment, configCentre, mainTask })).id;
}

describe("a config centre over SSH", () => {
  it("shows its host key before anything else, and what is there once the key is pinned", async () => {
    const first = await verify(centre);
    expect(first).toMatchObject({ ok: false, hostKey: { status: "new" } });
    expect(first.hostKey?.fingerprints[0]).toMatch(/^ssh-ed25519 SHA256:/);
    const second = await verify({ ...centre, hostKey: first.hostKey?.key });
    expect(second).toMatchObject({ ok: true, hostKey: { status: "pinned" }, user: "deploy", problem: null });
    expect(Math.abs(second.clockOffset ?? 99)).toBeLessThan(5);
  });

  it("keeps its key where nobody reads it again", async () => {
    const id = await pinned();
    const shown = await open.admin.call("GET /definitions/:kind/:id", { params: { kind: "config_centre", id } });
    expect(shown.data).toMatchObject({ privateKey: KEPT_SECRET, password: "" });
    const versions = await open.admin.call("GET /definitions/:kind/:id/versions", {
      params: { kind: "config_centre", id },
    });
    expect(JSON.stringify(versions)).not.toContain("OPENSSH");
    // What comes back as dots means "as it is".
    const { version } = await open.admin.call("PUT /definitions/:kind/:id", {
      params: { kind: "config_centre", id },
      body: { version: 1, data: { ...shown.data, description: "changed" } },
    });
    expect(version).toBe(2);
    expect(await verify({ ...shown.data }, id)).toMatchObject({ ok: true });
  });

  it("runs tasks, fetches values, and stops what runs there", async () => {
    const id = await pinned();
    const values = await open.admin.call("POST /variables/verify", {
      body: {
        data: {
          name: "who",
          label: "Who",
          formType: "select",
          source: { kind: "script", command: `shell: printf '["%s"]' "$(id -un)"` },
          configCentre: id,
        },
      },
    });
    expect(values).toMatchObject({ status: "fresh", values: ["deploy"] });
    const ended = await open.admin.until((await open.admin.submit(await order("whoami", id, "id -un"))).id);
    expect([ended.state, await open.admin.log(ended)]).toEqual(["succeeded", "deploy\n"]);
    const sleeper = await open.admin.submit(await order("sleeper", id, "sh -c 'echo begun; sleep 1006'"));
    await expect
      .poll(async () => open.admin.log(await open.admin.request(sleeper.id)), { timeout: 15_000 })
      .toBe("begun\n");
    const { version } = await open.admin.request(sleeper.id);
    await open.admin.call("POST /requests/:id/actions", {
      params: { id: sleeper.id },
      body: { action: "stop", version },
    });
    expect((await open.admin.until(sleeper.id)).state).toBe("stopped");
    expect(sshd.processes().filter((command) => command.includes("sleep 1006"))).toEqual([]);
  });

  it("goes on with a log where it was when the connection breaks", async () => {
    const id = await pinned();
    const counting = "sh -c 'i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; sleep 0.03; done'";
    const { id: request } = await open.admin.submit(await order("counting", id, counting));
    await expect
      .poll(async () => (await open.admin.request(request)).run?.logLines ?? 0, { timeout: 15_000 })
      .toBeGreaterThan(20);
    sshd.signalSessions("SIGKILL");
    const ended = await open.admin.until(request);
    expect(ended.state).toBe("succeeded");
    expect(await open.admin.log(ended)).toBe(Array.from({ length: 200 }, (_, n) => `line ${n + 1}\n`).join(""));
  });

  it("refuses to run anything where the host key is another one, or none is pinned", async () => {
    const other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n";
    expect(await verify({ ...centre, hostKey: other })).toMatchObject({ ok: false, hostKey: { status: "changed" } });
    for (const [name, hostKey] of [
      ["changed", other],
      ["unpinned", ""],
    ] as const) {
      const { id } = await open.admin.define("config_centre", { ...centre, name, hostKey });
      const ended = await open.admin.until((await open.admin.submit(await order(`at-${name}`, id, "echo hi"))).id);
      expect(ended.state).toBe("failed");
      expect(ended.run?.problem).toMatch(/host-key/);
    }
  });
});

it("a machine that is down fails a run with the reason, after trying for a while", async () => {
  const { admin } = open;
  const data = {
    ...centre,
    name: "down",
    address: "127.0.11.9",
    hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n",
  };
  expect(await verify(data)).toMatchObject({ ok: false, problem: expect.stringMatching(/no ssh server answers/) });
  const { id } = await admin.define("config_centre", data);
  const { id: request } = await admin.submit(await order("at-down", id, "echo hi"));
  await expect.poll(async () => (await admin.request(request)).run?.state, { timeout: 20_000 }).toBe("unreachable");
  const ended = await admin.until(request, undefined, 100);
  expect([ended.state, ended.run?.problem]).toEqual(["failed", expect.stringMatching(/unreachable/)]);
}, 130_000);
