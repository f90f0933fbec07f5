import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { serviceImage } from "../test/lab/images.ts";
import { startLab, type Lab } from "../test/lab/lab.ts";
import { medianRatio, report, timeInTurn, type Bar, type Command } from "./timing.ts";

const root = join(import.meta.dirname, "..");
const gantry = join(root, "bin", "gantry");
const HOSTS = 20;
const rounds = Number(process.env["ROUNDS"] ?? 5);

/** Rolling updates by Gantry, by a plain script over multiplexed ssh and by a playbook; then the start of the CLI. */
export async function rollout(): Promise<boolean> {
  const lab = await startLab({ name: "bench", hosts: HOSTS });
  const folder = mkdtempSync(join(tmpdir(), "gantry-bench-"));
  try {
    const { reference } = await lab.push(serviceImage({ name: "demo1", version: "v1" }));
    writeFiles(folder, lab);
    const ansible = [join(root, ".gantry/ansible/bin/ansible-playbook"), "/usr/bin/ansible-playbook"].find(existsSync);
    const three = await rollThree(folder, lab, reference, ansible);
    const many = await rollMany(folder, lab, reference);
    const starts = await startTimes(folder);
    const of = (times: ReadonlyMap<string, readonly number[]>, name: string): readonly number[] =>
      times.get(name) ?? [];
    const bars: Bar[] = [
      atMost(
        "serial 1: Gantry / plain script",
        medianRatio(of(three, "gantry, serial 1"), of(three, "plain script, serial 1")),
        1,
      ),
      atMost(
        "serial 3: Gantry / plain script",
        medianRatio(of(three, "gantry, serial 3"), of(three, "plain script, serial 3")),
        Infinity,
      ),
      atMost(
        "localhost: Gantry / plain script",
        medianRatio(of(three, "gantry, localhost"), of(three, "plain script, localhost")),
        Infinity,
      ),
      ...(ansible === undefined
        ? []
        : [
            atLeast(
              "serial 1: playbook / Gantry",
              medianRatio(of(three, "playbook, serial 1"), of(three, "gantry, serial 1")),
              8,
            ),
          ]),
      atMost(
        `${HOSTS} hosts at once: Gantry / plain script`,
        medianRatio(of(many, `gantry, ${HOSTS} hosts at once`), of(many, `plain script, ${HOSTS} hosts at once`)),
        Infinity,
      ),
      atMost(
        `${HOSTS} hosts at serial ${HOSTS} / one host`,
        medianRatio(of(many, `gantry, ${HOSTS} hosts at once`), of(many, "gantry, one host")),
        2,
      ),
      atMost("gantry --version / node -e 0", medianRatio(of(starts, "gantry --version"), of(starts, "node -e 0")), 2),
      atMost("var_json_keys / node -e 0", medianRatio(of(starts, "var_json_keys"), of(starts, "node -e 0")), 2),
    ];
    if (ansible === undefined) console.log("ansible-playbook is not installed: no comparison with a playbook");
    return report(new Map([...three, ...many, ...starts]), bars);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await lab.stop();
  }
}

function atMost(what: string, ratio: number, limit: number): Bar {
  return { what, ratio, bar: limit === Infinity ? "none" : `<= ${limit}`, met: ratio <= limit };
}

function atLeast(what: string, ratio: number, limit: number): Bar {
  return { what, ratio, bar: `>= ${limit}`, met: ratio >= limit };
}

function rollThree(
  folder: string,
  lab: Lab,
  image: string,
  ansible: string | undefined,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const [first] = lab.hosts;
  const local = { DOCKER_HOST: `unix://${first?.socket ?? ""}` };
  const hosts = lab.hosts.slice(0, 3).map(({ name }) => name);
  const script = (serial: string, ...names: string[]): Command => ({
    argv: ["bash", join(folder, "plain.sh"), image, lab.sshConfig, serial, ...names],
  });
  const commands: Record<string, Command> = {
    "gantry, serial 1": update(folder, "three", "1"),
    "plain script, serial 1": script("1", ...hosts),
    "gantry, serial 3": update(folder, "three", "3"),
    "plain script, serial 3": script("3", ...hosts),
    "gantry, localhost": { ...update(folder, "localhost", "1"), env: { ...local } },
    "plain script, localhost": { argv: ["bash", join(folder, "local.sh"), image], env: local },
  };
  if (ansible !== undefined) {
    commands["playbook, serial 1"] = {
      argv: [
        ansible,
        "-i",
        join(folder, "hosts"),
        join(folder, "update.yml"),
        "-e",
        `hosts=three image=${image} app=demo1`,
      ],
      env: { ANSIBLE_NOCOLOR: "1", ANSIBLE_DEPRECATION_WARNINGS: "0" },
    };
  }
  return timeInTurn(rounds, commands, nextSecond);
}

function rollMany(folder: string, lab: Lab, image: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const hosts = lab.hosts.map(({ name }) => name);
  return timeInTurn(
    rounds,
    {
      "gantry, one host": update(folder, "lab4", "1"),
      "plain script, one host": { argv: ["bash", join(folder, "plain.sh"), image, lab.sshConfig, "1", "lab4"] },
      [`gantry, ${HOSTS} hosts at once`]: update(folder, "many", String(HOSTS)),
      [`plain script, ${HOSTS} hosts at once`]: {
        argv: ["bash", join(folder, "plain.sh"), image, lab.sshConfig, String(HOSTS), ...hosts],
      },
    },
    nextSecond,
  );
}

/** Versions are named by the second: two releases within one would meet in a name. */
function nextSecond(): Promise<void> {
  return delay(1000);
}

function startTimes(folder: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const env = { GANTRY_HOME: folder };
  return timeInTurn(rounds * 4, {
    "node -e 0": { argv: [process.execPath, "-e", "0"] },
    "gantry --version": { argv: [gantry, "--version"] },
    var_json_keys: { argv: [join(root, "bin/var_json_keys"), "-e", "bench", "-k", "demo"], env },
  });
}

function update(folder: string, hosts: string, serial: string): Command {
  return {
    argv: [
      gantry,
      "update_hard",
      "demo1",
      "-e",
      "bench",
      "-t",
      "v1",
      "-s",
      serial,
      "-a",
      hosts,
      "-i",
      join(folder, "hosts"),
      "--home",
      folder,
    ],
  };
}

function writeFiles(folder: string, lab: Lab): void {
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  for (const path of ["conf", "conf_pub"]) mkdirSync(join(folder, path));
  write("conf_pub/bench_conf.json", JSON.stringify({ log_path: join(folder, "logs/") }));
  const project = {
    DockerImageURL: `${lab.registry}/`,
    hosts: "none",
    DockerRunArg: "-d -p 8080:8080",
    DockerRunCmd: "",
    AppSpringName: "null",
    HealthCheck: { settle: "0s" },
  };
  write("conf/bench_conf.json", JSON.stringify({ public: { EurekaUrl: "" }, demo1: project }));
  const names = lab.hosts.map(({ name }) => name);
  write("hosts", `localhost ansible_connection=local\n${lab.inventory({ three: names.slice(0, 3), many: names })}`);
  write("plain.sh", PLAIN);
  write("local.sh", LOCAL);
  write("update.yml", PLAYBOOK);
}

/** What a careful person writes in an afternoon: one master connection a host, the steps one after the other. */
const PLAIN = `
image=$1 config=$2 serial=$3; shift 3
control=$(mktemp -d)
on() { h=$1; shift; ssh -F "$config" -o ControlMaster=auto -o "ControlPath=$control/%n" -o ControlPersist=5 "$h" "$@"; }
release() {
  old=$(on "$1" "docker ps --format '{{.Names}}' --filter name=^/?demo1-") || exit 1
  on "$1" "docker pull -q $image" || exit 1
  [ -z "$old" ] || on "$1" "docker stop $old" || exit 1
  on "$1" "docker run -d --name demo1-$stamp -p 8080:8080 $image" || exit 1
  on "$1" "docker ps --format '{{.Names}} {{.Status}}' --filter name=demo1-$stamp" | grep -q Up || exit 1
}
stamp=$(date +%Y%m%d.%H%M%S)
if [ "$serial" = 1 ]; then for h; do release "$h"; done
else for h; do release "$h" & pids="$pids $!"; done; for p in $pids; do wait "$p" || exit 1; done; fi
rm -rf "$control"
`;

const LOCAL = `
image=$1
old=$(docker ps --format '{{.Names}}' --filter name=^/?demo1-) || exit 1
docker pull -q "$image" || exit 1
[ -z "$old" ] || docker stop $old || exit 1
name=demo1-$(date +%Y%m%d.%H%M%S)
docker run -d --name "$name" -p 8080:8080 "$image" || exit 1
docker ps --format '{{.Names}} {{.Status}}' --filter "name=$name" | grep -q Up
`;

/** One task a step, shell commands on the host: the way of the tool that Gantry replaces. */
const PLAYBOOK = `
- hosts: "{{ hosts }}"
  gather_facts: false
  serial: 1
  tasks:
    - name: Find the running container
      shell: docker ps --format '{{ '{{' }}.Names{{ '}}' }}' --filter name=^/?{{ app }}-
      register: running
    - name: Download the image
      command: docker pull {{ image }}
    - name: Stop the old version
      command: docker stop {{ running.stdout }}
      when: running.stdout != ""
    - name: Run the new version
      command: docker run -d --name {{ app }}-{{ lookup('pipe', 'date +%Y%m%d.%H%M%S') }} -p 8080:8080 {{ image }}
    - name: See that it runs
      shell: docker ps --filter name={{ app }}- | grep Up
`;
