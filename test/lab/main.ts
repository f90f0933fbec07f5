/** The lab from a shell: `node test/lab/main.ts up|down|status --name demo --hosts 3`. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { markerFile } from "./cleanup.ts";
import { openLab, startLab, stopLab } from "./lab.ts";
import { labRoot, type LabHostSpec } from "./options.ts";

const usage = `usage: node test/lab/main.ts up     [--name demo] [--hosts 3] [--mixed]
       node test/lab/main.ts down   [--name demo | --all]
       node test/lab/main.ts status
  --mixed: every second host gets Docker 28`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: "string", default: "demo" },
    hosts: { type: "string", default: "3" },
    mixed: { type: "boolean", default: false },
    all: { type: "boolean", default: false },
  },
});

const commands: Readonly<Record<string, () => Promise<void>>> = { up, down, status };
const command = commands[positionals[0] ?? ""];
if (command === undefined || positionals.length !== 1) {
  console.error(usage);
  process.exitCode = 1;
} else {
  await command().catch((failure: unknown) => {
    console.error(failure instanceof Error ? failure.message : failure);
    process.exitCode = 1;
  });
}

async function up(): Promise<void> {
  const specs = Array.from({ length: Number(values.hosts) }, (_, at): LabHostSpec =>
    values.mixed && at % 2 === 1 ? { engine: "28" } : {},
  );
  const lab = await startLab({ name: values.name, hosts: specs, log: (line) => console.log(line) });
  console.log(`\nssh -F ${lab.sshConfig} lab1\nstop it with: node test/lab/main.ts down --name ${lab.name}`);
}

async function down(): Promise<void> {
  for (const name of values.all ? labNames() : [values.name]) {
    await stopLab(name);
    console.log(`lab ${name} is gone`);
  }
}

async function status(): Promise<void> {
  for (const name of labNames()) {
    console.log(`lab ${name} (${join(labRoot, name)})`);
    for (const host of openLab(name).hosts) {
      const answer = host.spec.docker === false ? undefined : await host.docker("version", "-f", "{{.Server.Version}}");
      const engine = answer === undefined ? "no Docker" : `Docker ${answer.stdout.trim() || answer.stderr.trim()}`;
      const sshd = host.isUp() && host.processes("sshd-listener").length > 0 ? "sshd up" : "sshd down";
      console.log(`  ${host.name}  ${host.address}  ${host.isUp() ? `${sshd}, ${engine}` : "down"}`);
    }
  }
}

function labNames(): readonly string[] {
  if (!existsSync(labRoot)) return [];
  return readdirSync(labRoot).filter((name) => existsSync(join(labRoot, name, markerFile)));
}
