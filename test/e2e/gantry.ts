import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "../lab/lab.ts";

const bin = join(import.meta.dirname, "../../bin");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly program?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Seconds; the process is killed then and the test fails. */
  readonly deadline?: number;
  /** Called with everything printed so far, to act in the middle of a run. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** A configuration tree in a folder of its own, with the lab's inventory. */
export class Home {
  readonly path: string;
  readonly logs: string;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), "gantry-home-"));
    this.logs = join(this.path, "logs");
    for (const folder of ["conf_pub", "pl_deploy_docker/conf", "logs"])
      mkdirSync(join(this.path, folder), { recursive: true });
    this.write("conf_pub/stage_conf.json", JSON.stringify({ log_path: `${this.logs}/` }));
  }

  /** Writes the environment `stage`; every project gets the original's five keys unless it has its own. */
  configure(lab: Lab, projects: Readonly<Record<string, Readonly<Record<string, unknown>>>>): void {
    const defaults = {
      DockerImageURL: `${lab.registry}/`,
      hosts: "none",
      DockerRunArg: "-d -p 8080:8080",
      DockerRunCmd: "",
      AppSpringName: "null",
    };
    const entries = Object.entries(projects).map(([name, project]) => [name, { ...defaults, ...project }]);
    const tree = { public: { EurekaUrl: "" }, ...Object.fromEntries(entries) };
    this.write("pl_deploy_docker/conf/stage_conf.json", JSON.stringify(tree, null, 2));
  }

  /** Writes the inventory: all hosts of the lab, in the groups given, and further lines at the end. */
  inventory(lab: Lab, groups: Readonly<Record<string, readonly string[]>>, more = ""): void {
    this.write("hosts", `${lab.inventory(groups)}\n${more}`);
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.path, path), text);
  }

  /** Runs a command of Gantry in this home, as a user types it; the program is built, the reader is Gantry's own. */
  run(
    args: readonly string[],
    { program = "gantry", env = {}, cwd = this.path, deadline = 90, onOutput }: RunOptions = {},
  ): Promise<Ran> {
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const child = spawn(join(bin, program), args, {
        cwd,
        env: {
          ...process.env,
          GANTRY_HOME: this.path,
          ANSIBLE_INVENTORY: join(this.path, "hosts"),
          LANG: "C.UTF-8",
          NO_COLOR: "1",
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        reject(new Error(`gantry ${args.join(" ")} did not end within ${deadline} s:\n${stdout}\n${stderr}`));
      }, deadline * 1000);
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        onOutput?.(stdout, (signal) => child.kill(signal));
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.on("error", reject);
      child.on("close", (code) => {
        clearTimeout(timer);
        resolve({ code, stdout, stderr, seconds: (performance.now() - began) / 1000 });
      });
    });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
