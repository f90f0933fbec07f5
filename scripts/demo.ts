// The demo: three Docker hosts, a Eureka of two peers, a client that sends requests all the time, two versions of a
// service, and the commands that a user would type.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eurekaServiceImage } from "../test/lab/images.ts";
import { startLab, type Lab } from "../test/lab/lab.ts";
import { nodeRunArgs } from "../test/lab/node-runtime.ts";
import { startSmallEureka } from "../test/lab/small-eureka.ts";
import { startLoad } from "../test/load/eureka-client.ts";

const root = join(import.meta.dirname, "..");
const home = join(root, ".gantry", "demo");
const gantry = join(root, "bin", "gantry");
const began = Date.now();

say("Raising three Docker hosts on this machine, each with its own sshd and Docker engine");
const lab = await startLab({ name: "demo", hosts: 3 });
/** The caches on the way, a good deal shorter than their defaults of 30, 30 and 35 s: nobody likes to wait in a demo. */
const caches = { cacheMs: 1000, fetchMs: 1000, loadBalancerMs: 1000 };
say("Starting a Eureka of two peers");
const servers = await startSmallEureka(lab, 8761, caches);
console.log(`  ${servers.join("  ")}`);
say("Building two versions of the service demo1 and pushing them to the lab's image registry");
const service = {
  EUREKA_CLIENT_SERVICEURL_DEFAULTZONE: servers.join(","),
  EUREKA_INSTANCE_LEASERENEWALINTERVALINSECONDS: "2",
};
// The web console's order releases "latest".
for (const version of ["v1", "v2", "latest"])
  await lab.push(eurekaServiceImage({ name: "demo1", version, env: service }));
writeConfiguration(lab, await nodeRunArgs());

await show("Release v1, for the first time, on all hosts at once", [
  "update",
  "demo1",
  "-e",
  "demo",
  "-t",
  "v1",
  "-s",
  "3",
]);
await ask(lab);
await underLoad("Release v2, one host after the other: out of Eureka, wait, stop, run, UP again", [
  "update",
  "demo1",
  "-e",
  "demo",
  "-t",
  "v2",
]);
await show("What runs where", ["inquiry", "demo1", "-e", "demo"]);
await underLoad("Go back: every version is still on its host, so this is one docker start each", [
  "rollback",
  "demo1",
  "-e",
  "demo",
]);
await underLoad("For comparison: v2 again, without asking Eureka", ["update_hard", "demo1", "-e", "demo", "-t", "v2"]);
await ask(lab);

const seconds = Math.round((Date.now() - began) / 1000);
const command = "bin/gantry";
// Without root the demo runs in a container of its own: so do the commands that come next.
const container = process.env["GANTRY_DEMO_CONTAINER"];
const place =
  container === undefined
    ? "In this folder:"
    : `All of it is in the container ${container}. In there (docker exec -it -w /gantry ${container} bash):`;
console.log(`
Done in ${seconds} s. Still running, for you to try: three hosts (${lab.hosts.map(({ address }) => address).join(", ")}), the
image registry ${lab.registry} and Eureka (${servers[0]}/apps). ${place}

  export GANTRY_HOME=${home} ANSIBLE_INVENTORY=${join(home, "hosts")}
  ${command} inquiry demo1 -e demo
  ${command} check demo1 -e demo
  ${command} rollback demo1 -e demo -w auto
  ${command} update demo1 -e demo -t v3                 (there is no v3: see what happens)
  ${command} restart demo1 -e demo -a 'demo1:!lab3'
  ssh -F ${lab.sshConfig} lab1 docker ps

  ${command} console --demo                         the web console with this example filled in

  npm run demo:down                                 takes everything down again${container === undefined ? "" : " (outside the container)"}`);

/** The files that a user keeps: where logs go, the projects, the hosts. */
function writeConfiguration({ registry, hosts }: Lab, nodeArgs: string): void {
  const logs = join(home, "logs");
  for (const folder of ["conf_pub", "pl_deploy_docker/conf", "logs"])
    mkdirSync(join(home, folder), { recursive: true });
  write("conf_pub/demo_conf.json", { log_path: `${logs}/` });
  write("pl_deploy_docker/conf/demo_conf.json", {
    public: { EurekaUrl: servers.join(",") },
    demo1: {
      DockerImageURL: `${registry}/`,
      hosts: "none",
      // Node comes from the host: in the image it would be 150 MB for each host to pull.
      DockerRunArg: `-d --network host ${nodeArgs} -m 200m --restart=unless-stopped`,
      DockerRunCmd: "",
      AppSpringName: "demo1",
      HealthCheck: { http: ":8080/health" },
      Drain: {
        wait: "auto",
        clientFetch: `${caches.fetchMs}ms`,
        loadBalancer: `${caches.loadBalancerMs}ms`,
        margin: "500ms",
      },
    },
  });
  writeFileSync(join(home, "hosts"), lab.inventory({ demo1: hosts.map(({ name }) => name) }));
}

function write(path: string, value: unknown): void {
  writeFileSync(join(home, path), `${JSON.stringify(value, null, 2)}\n`);
}

function say(text: string): void {
  console.log(`\n\u001B[1m${text}\u001B[0m`);
}

/** Runs Gantry as a user would; the demo ends where a command fails. */
function show(text: string, args: readonly string[]): Promise<void> {
  say(`${text}\n$ gantry ${args.join(" ")}`);
  return new Promise((resolve, reject) => {
    const env = { ...process.env, GANTRY_HOME: home, ANSIBLE_INVENTORY: join(home, "hosts") };
    const child = spawn(gantry, args, { stdio: "inherit", env });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`gantry ${args[0]} ended with ${code}`))));
  });
}

/** Runs Gantry while a client that caches as Spring's does sends 100 requests a second, and says what became of them. */
async function underLoad(text: string, args: readonly string[]): Promise<void> {
  const load = startLoad({ app: "demo1", servers, ...caches, rate: 100 });
  await load.ready();
  await show(text, args);
  // What the last host's release does to clients shows once their caches have gone round.
  await delay(caches.cacheMs + caches.fetchMs + caches.loadBalancerMs);
  const { sent, lost, answers, reasons } = await load.stop();
  const by = Object.entries(answers).map(([answer, count]) => `${count} from ${answer}`);
  const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  const verdict = lost === 0 ? "\u001B[32m0 lost\u001B[0m" : `\u001B[31m${lost} lost\u001B[0m (${why.join(", ")})`;
  console.log(`  Meanwhile a client sent ${sent} requests, some of them slow: ${verdict}; answered: ${by.join(", ")}`);
}

/** Asks the service on every host, as its users would. */
async function ask({ hosts }: Lab): Promise<void> {
  for (const { name, address } of hosts) {
    const answer = await fetch(`http://${address}:8080/`, { signal: AbortSignal.timeout(5000) });
    console.log(`  http://${address}:8080/ on ${name} answers: ${(await answer.text()).trim()}`);
  }
}
