// The demo: a lab of three Docker hosts, two versions of a service, and the commands that a user would type.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serviceImage } from "../test/lab/images.ts";
import { startLab, type Lab } from "../test/lab/lab.ts";

const root = join(import.meta.dirname, "..");
const home = join(root, ".gantry", "demo");
const gantry = join(root, "bin", "gantry");
const began = Date.now();

say("Raising three Docker hosts on this machine, each with its own sshd and Docker engine");
const lab = await startLab({ name: "demo", hosts: 3 });
say("Building two versions of the service demo1 and pushing them to the lab's image registry");
for (const version of ["v1", "v2"]) await lab.push(serviceImage({ name: "demo1", version }));
writeConfiguration(lab);

await show("Release v1, one host after the other", ["update", "demo1", "-e", "demo", "-t", "v1"]);
await ask(lab);
await show("Release v2", ["update", "demo1", "-e", "demo", "-t", "v2"]);
await ask(lab);
await show("What runs where", ["inquiry", "demo1", "-e", "demo"]);
await show("Go back: every version is still on its host, so this is one docker start each", [
  "rollback",
  "demo1",
  "-e",
  "demo",
]);
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
Done in ${seconds} s. Still running, for you to try: three hosts (${lab.hosts.map(({ address }) => address).join(", ")}) and the
image registry ${lab.registry}. ${place}

  export GANTRY_HOME=${home} ANSIBLE_INVENTORY=${join(home, "hosts")}
  ${command} inquiry demo1 -e demo
  ${command} update demo1 -e demo -t v2 -s 1,100%
  ${command} update demo1 -e demo -t v3                 (there is no v3: see what happens)
  ${command} restart demo1 -e demo -a 'demo1:!lab3'
  ssh -F ${lab.sshConfig} lab1 docker ps

  npm run demo:down                                 takes everything down again${container === undefined ? "" : " (outside the container)"}`);

/** The files that a user keeps: where logs go, the projects, the hosts. */
function writeConfiguration({ registry, hosts }: Lab): void {
  const logs = join(home, "logs");
  for (const folder of ["conf_pub", "pl_deploy_docker/conf", "logs"])
    mkdirSync(join(home, folder), { recursive: true });
  write("conf_pub/demo_conf.json", { log_path: `${logs}/` });
  write("pl_deploy_docker/conf/demo_conf.json", {
    public: { EurekaUrl: "" },
    demo1: {
      DockerImageURL: `${registry}/`,
      hosts: "none",
      DockerRunArg: "-d -p 8080:8080 -m 100m --restart=unless-stopped",
      DockerRunCmd: "",
      AppSpringName: "null",
      HealthCheck: { http: ":8080/" },
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

/** Asks the service on every host, as its users would. */
async function ask({ hosts }: Lab): Promise<void> {
  for (const { name, address } of hosts) {
    const answer = await fetch(`http://${address}:8080/`, { signal: AbortSignal.timeout(5000) });
    console.log(`  http://${address}:8080/ on ${name} answers: ${(await answer.text()).trim()}`);
  }
}
