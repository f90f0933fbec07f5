import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { loadHelp, loadWords } from "../../src/cli/locales/language.ts";
import { paintFor } from "../../src/cli/output/paint.ts";
import { modules } from "../../src/cli/modules.ts";
import { runProgram } from "../../src/cli/program.ts";
import { EXIT, UsageError, type Services } from "../../src/cli/services.ts";
import { createAdapters, type Adapters } from "../../src/gantry/adapters.ts";
import { loadInventoryWords, loadProblemWords, type Language } from "../../src/gantry/words/language.ts";
import type { FakeWorld } from "./world.ts";

/** A configuration tree in a folder of its own: real files, read by the real adapters. */
export class HomeTree {
  readonly path: string = mkdtempSync(join(tmpdir(), "gantry-tree-"));
  readonly inventory: string = join(this.path, "hosts");
  readonly logs: string = join(this.path, "logs");

  /** Writes one environment; each project gets the original's keys unless it has its own. */
  configure(projects: Readonly<Record<string, Readonly<Record<string, unknown>>>>, environment = "stage"): void {
    const defaults = { DockerImageURL: "registry/", hosts: "none", DockerRunArg: "-d", AppSpringName: "null" };
    const entries = Object.entries(projects).map(([name, project]) => [name, { ...defaults, ...project }]);
    this.write(`conf/${environment}_conf.json`, JSON.stringify(Object.fromEntries(entries), null, 2));
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.path, path, ".."), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  /** Without a PATH: no program of this machine plays a part. */
  get env(): NodeJS.ProcessEnv {
    return { GANTRY_HOME: this.path, ANSIBLE_INVENTORY: this.inventory, HOME: this.path };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The real adapters of files and inventories, and a fake world instead of hosts. */
export function fakeAdapters(world: FakeWorld, env: NodeJS.ProcessEnv): Adapters {
  return {
    ...createAdapters(env),
    openFleet: () => Promise.resolve({ open: (host) => world.open(host), close: () => Promise.resolve() }),
    openServiceRegistry: () => Promise.resolve(world.registry),
  };
}

export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, on a fake world. */
export async function runCommandLine(
  argv: readonly string[],
  { env, adapters, language = "en" }: { env: NodeJS.ProcessEnv; adapters: Adapters; language?: Language },
): Promise<Printed> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const services: Services = {
    env,
    cwd: env["HOME"] ?? "/",
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    words: await loadWords(language),
    problemWords: () => loadProblemWords(language),
    inventoryWords: () => loadInventoryWords(language),
    paint: paintFor(false),
    adapters,
  };
  const ended = (code: number): Printed => ({ code, stdout: stdout.text, stderr: stderr.text });
  try {
    return ended(await runProgram(argv, { services, help: await loadHelp(language), version: "0", modules }));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.text += `${error.message}\n`;
    return ended(EXIT.usage);
  }
}

class Collector extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}
