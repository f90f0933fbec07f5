import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cgroupOf } from "../lab/cgroups.ts";
import { must } from "../lab/command.ts";
import { waitFor } from "../lab/deadline.ts";
import {
  bigImage,
  crashImage,
  crashLateImage,
  healthcheckImage,
  ignoresTermImage,
  scriptImage,
  serviceImage,
} from "../lab/images.ts";
import { openLab, startLab, stopLab, type Lab } from "../lab/lab.ts";
import { subnetOf } from "../lab/network.ts";
import { labRoot } from "../lab/options.ts";
import { listProcesses } from "../lab/processes.ts";

/** What there is of one lab, and how many mounts the machine has. Other labs may run at the same time. */
async function traces(name: string): Promise<Record<string, readonly string[] | number>> {
  const dir = join(labRoot, name);
  const links = (await must(["ip", "-o", "link", "show"])).split("\n");
  const groups = ["/sys/fs/cgroup", ...readdirSync("/sys/fs/cgroup").map((entry) => join("/sys/fs/cgroup", entry))];
  const bridge = new RegExp(`^\\d+: ${subnetOf(name).bridge}(h\\d+)?[@:]`);
  return {
    processes: listProcesses()
      .map((process) => process.argv.join(" "))
      .filter((argv) => argv.includes(`${dir}/`)),
    links: links.filter((line) => bridge.test(line)),
    cgroups: groups.map((group) => join(group, cgroupOf(name))).filter((group) => existsSync(group)),
    files: existsSync(dir) ? readdirSync(dir) : [],
    mounts: readFileSync("/proc/self/mountinfo", "utf8").split("\n").length,
  };
}

/** The network and PID namespaces that a process in one of the lab's hosts is in: hosts' and containers'. */
function namespacesOf(lab: Lab): ReadonlySet<string> {
  const inits = new Set(lab.hosts.map((host) => host.init().pid));
  const inside = listProcesses().filter((process) => inits.has(process.pid) || hasAncestor(process.pid, inits));
  return new Set(inside.flatMap(({ pid }) => namespaces(pid)));
}

function hasAncestor(pid: number, ancestors: ReadonlySet<number>): boolean {
  const parent = parentOf(pid);
  return parent > 1 && (ancestors.has(parent) || hasAncestor(parent, ancestors));
}

/** 0 of a process that has ended since it was listed: a short-lived one of anybody's on this machine. */
function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function namespaces(pid: number): readonly string[] {
  try {
    return ["net", "pid", "mnt"].map((kind) => readlinkSync(`/proc/${pid}/ns/${kind}`));
  } catch {
    return []; // it ended meanwhile
  }
}

/** Signs in over ssh with a password, which ssh asks of a program. */
async function idWithPassword(lab: Lab, user: string, password: string): Promise<string> {
  const askpass = join(lab.dir, "askpass");
  writeFileSync(askpass, `#!/bin/sh\necho "${password}"\n`, { mode: 0o700 });
  const ssh = ["ssh", "-F", lab.sshConfig, "-o", "PubkeyAuthentication=no", `${user}@lab4`, "id -un"];
  return (await must(ssh, { env: { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force" } })).trim();
}

async function pageOf(address: string, path = "/"): Promise<string> {
  return waitFor(`http://${address}:8080${path}`, { seconds: 10 }, async () => {
    const answer = await fetch(`http://${address}:8080${path}`).catch(() => undefined);
    return answer?.ok ? (await answer.text()).trim() : undefined;
  });
}

describe("a lab of plain hosts", () => {
  test("three hosts are up within 15 seconds, and stop leaves nothing behind", async () => {
    await stopLab("labtest"); // of an earlier run that was killed
    const before = await traces("labtest");
    const started = performance.now();
    const lab = await startLab({ name: "labtest", hosts: 3 });
    expect(performance.now() - started).toBeLessThan(15_000);

    const image = await lab.push(serviceImage({ name: "demo1", version: "1" }));
    for (const host of lab.hosts) await host.docker("run", "-d", "--name", "demo1", image.reference);
    await lab.host("lab1").docker("pause", "demo1"); // a frozen container does not die by itself
    const inside = namespacesOf(lab);
    expect(inside.size).toBe(3 * (3 + 3)); // per host, its own and its container's

    await lab.stop();
    expect(await traces("labtest")).toEqual(before);
    const left = listProcesses()
      .flatMap(({ pid }) => namespaces(pid))
      .filter((namespace) => inside.has(namespace));
    expect(left).toEqual([]);
  });

  test.each([50, 200, 400, 700, 1200])(
    "a start that is killed after %i ms can be started over and leaves nothing",
    async (ms) => {
      await stopLab("labtest-kill"); // of an earlier run that was killed
      const before = await traces("labtest-kill");
      const source = `import { startLab } from "${import.meta.dirname}/../lab/lab.ts";
      await startLab({ name: "labtest-kill", hosts: 3 }); process.stdout.write("up"); setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ["--input-type=module", "-e", source], { stdio: "ignore" });
      await waitFor(
        "the start to begin",
        { seconds: 10, everyMs: 5 },
        () => existsSync(join(labRoot, "labtest-kill")) || undefined,
      );
      await sleep(ms);
      child.kill("SIGKILL");
      const lab = await startLab({ name: "labtest-kill", hosts: 2 });
      expect((await lab.host("lab2").docker("ps", "-q")).code).toBe(0);
      await lab.stop();
      expect(await traces("labtest-kill")).toEqual(before);
    },
  );

  test("a lab that another live process owns is not taken over", async () => {
    const lab = await startLab({ name: "labtest", hosts: [{ docker: false }] });
    const source = `import { startLab } from "${import.meta.dirname}/../lab/lab.ts";
      await startLab({ name: "labtest", hosts: 1 }).catch((e) => { console.log(e.message); process.exit(7); });`;
    await expect(must([process.execPath, "--input-type=module", "-e", source])).rejects.toThrow("in use by process");
    expect(lab.host("lab1").isUp()).toBe(true);
    await lab.stop();
  });

  test("a directory with other files is refused and left alone", async () => {
    await expect(startLab({ name: "labtest", hosts: 1, dir: import.meta.dirname })).rejects.toThrow("other files");
    await stopLab("labtest", import.meta.dirname);
    expect(existsSync(join(import.meta.dirname, "lab.test.ts"))).toBe(true);
  });
});

describe("a mixed lab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({
      name: "labtest",
      hosts: [
        {},
        { engine: "28" },
        { engine: "28", minApi: "1.44" },
        {
          docker: false,
          sshd: ["AllowTcpForwarding=no"],
          users: [
            { name: "deploy", docker: true, sudo: "nopasswd" },
            { name: "ops", password: "o'ps", key: false, sudo: "password" },
          ],
        },
        { dataTmpfsMb: 20 },
      ],
    });
  });
  afterAll(async () => lab?.stop());

  test("hosts run Docker 20.10 and 28, with the program of the same version in a login's path", async () => {
    const versions = await Promise.all(
      ["lab1", "lab2", "lab3"].map((name) =>
        lab.host(name).ssh("docker version -f '{{.Server.Version}} {{.Client.Version}}'"),
      ),
    );
    expect(versions.map(({ stdout }) => stdout)).toEqual([
      expect.stringMatching(/^20\.10\.\S+ 20\.10\./),
      expect.stringMatching(/^28\.\S+ 28\./),
      expect.stringMatching(/^28\.\S+ 28\./),
    ]);
    const old = await lab.host("lab3").exec("DOCKER_API_VERSION=1.43 docker version");
    expect(old.stderr).toContain("Minimum supported API version is 1.44");
  });

  test("ssh trusts each host by its own key, and each host has its own name and files", async () => {
    for (const host of lab.hosts) {
      const { stdout, stderr, code } = await host.ssh("hostname; echo x > /etc/only-here; ls /work /tmp | wc -l");
      expect({ stdout, stderr, code }).toEqual({ stdout: `${host.name}\n3\n`, stderr: "", code: 0 });
    }
    expect(existsSync("/etc/only-here")).toBe(false);
    const keys = readFileSync(lab.knownHosts, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" ").at(-1));
    expect(new Set(keys).size).toBe(lab.hosts.length);
  });

  test("users are as specified", async () => {
    const host = lab.host("lab4");
    expect((await host.ssh("id -nG; sudo -n id -u", "deploy")).stdout).toBe("deploy docker\n0\n");
    expect((await host.ssh("id", "ops")).code).toBe(255);
    expect(await idWithPassword(lab, "ops", "o'ps")).toBe("ops");
    expect((await host.exec(`su ops -c "sudo -k; echo \\"o'ps\\" | sudo -S id -u"`)).stdout).toBe("0\n");
    expect((await host.exec("su ops -c 'sudo -n id -u'")).code).not.toBe(0);
    expect((await host.ssh("which docker dockerd")).stdout).toBe("");
    expect((await host.exec("sshd -T -f /run/lab/sshd_config | grep -i allowtcpforwarding")).stdout).toBe(
      "allowtcpforwarding no\n",
    );
  });

  test("images run on every engine and answer the machine over HTTP", async () => {
    const image = await lab.push(serviceImage({ name: "demo1", version: "1.2.3" }));
    for (const name of ["lab1", "lab2"]) {
      const host = lab.host(name);
      await host.docker("run", "-d", "-p", "8080:8080", "--name", "demo1", image.reference);
      expect(await pageOf(host.address)).toBe("demo1 1.2.3");
      expect(
        (await host.docker("image", "inspect", "-f", "{{index .RepoDigests 0}}", image.reference)).stdout.trim(),
      ).toBe(`${lab.registry}/demo1@${image.digest}`);
      const began = performance.now();
      await host.docker("stop", "demo1");
      expect(performance.now() - began).toBeLessThan(3000);
      expect((await host.docker("inspect", "-f", "{{.State.ExitCode}}", "demo1")).stdout).toBe("0\n");
      expect((await host.docker("logs", "demo1")).stdout).toContain("demo1 1.2.3: listening on port 8080");
    }
  });

  test("images that crash, ignore SIGTERM or are unhealthy do so", async () => {
    const host = lab.host("lab2");
    const options = { name: "odd", version: "1" };
    const start = async (tag: string, image: ReturnType<typeof serviceImage>): Promise<void> => {
      const { reference } = await lab.push({ ...image, tag });
      expect((await host.docker("run", "-d", "--name", tag, reference)).code).toBe(0);
    };
    const inspect = async (name: string, field: string): Promise<string> =>
      (await host.docker("inspect", "-f", `{{.State.${field}}}`, name)).stdout.trim();
    await start("crash", crashImage(options));
    await start("late", crashLateImage(options, 300));
    await start("own", scriptImage(options, "echo out of memory; exit 137\n"));
    await start("deaf", ignoresTermImage(options));
    await start("well", healthcheckImage(options, "healthy"));
    await start("ill", healthcheckImage(options, "unhealthy"));
    await host.docker("stop", "-t", "1", "deaf");
    expect(await inspect("deaf", "ExitCode")).toBe("137");
    expect(await inspect("crash", "ExitCode")).toBe("3");
    expect(await inspect("late", "ExitCode")).toBe("1");
    expect(await inspect("own", "ExitCode")).toBe("137");
    for (const [name, health] of [
      ["well", "healthy"],
      ["ill", "unhealthy"],
    ] as const) {
      await waitFor(
        `${name} to be ${health}`,
        { seconds: 20 },
        async () => (await inspect(name, "Health.Status")) === health || undefined,
      );
    }
  });

  test("a host with a small data disk has no room for a big image", async () => {
    const { reference } = await lab.push(bigImage({ name: "big", version: "1" }));
    expect((await lab.host("lab5").docker("pull", reference)).stderr).toContain("no space left on device");
  });

  test("the private registry wants its login", async () => {
    const host = lab.host("lab2");
    await lab.privateRegistry.start();
    const { reference } = await lab.push(serviceImage({ name: "ns/secret", version: "1" }), lab.privateRegistry);
    expect((await host.exec(`docker pull ${reference}`)).stderr).toContain("no basic auth credentials");
    const { username = "", password = "" } = lab.privateRegistry.login ?? {};
    const login = `docker login -u ${username} --password-stdin ${lab.privateRegistry.address}`;
    expect((await host.exec(`${login} && docker pull ${reference}`, { input: password })).code).toBe(0);
  });

  test("sshd, dockerd, registry and cable can fail, and reset heals them", async () => {
    const host = lab.host("lab1");
    const { reference } = await lab.push(serviceImage({ name: "demo2", version: "1" }));
    host.signal("sshd", "SIGKILL");
    expect((await host.ssh("true")).stderr).toContain("Connection refused");
    await host.startSshd();
    expect((await host.ssh("true")).code).toBe(0);
    host.signal("dockerd", "SIGKILL");
    expect((await host.docker("ps")).stderr).toContain("Cannot connect to the Docker daemon");
    await lab.registryServer.stop();
    await host.startDockerd();
    expect((await host.docker("pull", reference)).stderr).toContain("connection refused");
    await host.cutNetwork();
    expect((await host.exec(`ip -o link show eth0`)).stdout).toContain("NO-CARRIER");
    host.signal("sshd", "SIGSTOP");
    host.signal("dockerd", "SIGSTOP");

    const again = openLab("labtest"); // as another process would
    await again.reset();
    for (const other of again.hosts.slice(0, 3)) {
      expect((await other.docker("ps", "-aq")).stdout + (await other.docker("images", "-q")).stdout).toBe("");
    }
    expect((await host.ssh("true")).code).toBe(0);
    expect((await host.docker("pull", reference)).code).toBe(0);
  });
});
