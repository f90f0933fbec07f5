import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import type { AnsibleSettings } from "./settings.ts";
import { runProgram } from "./run-program.ts";
import type { Source } from "./sources.ts";
import type { Surroundings } from "./surroundings.ts";

/** Seconds that ansible-inventory may take: dynamic sources ask clouds. */
const deadline = 60;

/** The ansible-inventory that the user's PATH finds. */
export function findAnsibleInventory({ env }: Surroundings): string | undefined {
  const directories = (env["PATH"] ?? "").split(":").filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, "ansible-inventory")).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What `ansible-inventory --list` prints for these sources. */
export async function askAnsible(
  program: string,
  sources: readonly Source[],
  settings: AnsibleSettings,
  surroundings: Surroundings,
): Promise<Result<string, InventoryProblem>> {
  const argv = [...sources.flatMap(({ text }) => ["-i", text]), "--list"];
  const env = { ...surroundings.env, ...fixedEnvironment(settings) };
  const run = await runProgram(program, argv, { cwd: surroundings.cwd, env, seconds: deadline });
  if (!run.ok) {
    if (run.failure.kind === "deadline") {
      return fail({ reason: "inventory-program-deadline", program, seconds: deadline });
    }
    const detail = run.failure.kind === "missing" ? run.failure.detail : "too much output";
    return fail({ reason: "inventory-program-failed", program, exitCode: undefined, detail });
  }
  const { exitCode, stdout, stderr } = run.value;
  if (exitCode === 0) return ok(stdout);
  return fail({ reason: "inventory-program-failed", program, exitCode, detail: errorText(stderr) });
}

/** Settings under which the output is what Gantry reads, whatever ansible.cfg says. */
function fixedEnvironment(settings: AnsibleSettings): Record<string, string> {
  return {
    ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: settings.unparsedIsFailed ? "True" : "False",
    ANSIBLE_INVENTORY_EXPORT: "False",
    ANSIBLE_DEPRECATION_WARNINGS: "False",
    ANSIBLE_NOCOLOR: "True",
    ANSIBLE_FORCE_COLOR: "False",
    ANSIBLE_VERBOSITY: "0",
    // Ansible refuses to run in other encodings.
    LC_ALL: "C.UTF-8",
  };
}

const mostDetail = 2000;

/** Ansible's error messages, without warnings and without the lines of files that it shows (there may be secrets). */
export function errorText(stderr: string): string {
  const blocks = stderr.split(/\n(?=\[?(?:ERROR|WARNING|DEPRECATION WARNING)[\]!]?)/);
  const errors = blocks.filter((block) => /^\s*\[?ERROR/.test(block));
  const lines = (errors.length > 0 ? errors : blocks).join("\n").split("\n");
  const kept = lines.filter((line) => !/^\s*(?:\d+ |\^|\.\.\.|$)/.test(line));
  return kept.join("\n").slice(0, mostDetail).trim();
}
