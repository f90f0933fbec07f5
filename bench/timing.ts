import { spawn } from "node:child_process";

export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** Seconds that a command takes as a whole process; throws with its output where it fails. */
function timeCommand({ argv: [program, ...args], env = {}, cwd }: Command): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const timer = setTimeout(() => child.kill("SIGKILL"), 300_000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve((performance.now() - began) / 1000);
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`));
    });
  });
}

/** Times commands in turn, round after round, so that a busy moment of the machine meets all of them alike. */
export async function timeInTurn(
  rounds: number,
  commands: Readonly<Record<string, Command>>,
  between: () => Promise<void> = async () => {},
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      await between();
      times.get(name)?.push(await timeCommand(command));
    }
  }
  return times;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** The median of the ratios of pairs from the same round. */
export function medianRatio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}

export interface Bar {
  readonly what: string;
  readonly ratio: number;
  readonly bar: string;
  readonly met: boolean;
}

/** Prints medians (with the smallest and largest) and bars; true when every bar is met. */
export function report(times: ReadonlyMap<string, readonly number[]>, bars: readonly Bar[]): boolean {
  for (const [name, values] of times) {
    const figures = [median(values), Math.min(...values), Math.max(...values)].map((value) => `${value.toFixed(3)} s`);
    console.log(`${name.padEnd(44)} ${figures[0]}   (${figures[1]} .. ${figures[2]}, ${values.length} rounds)`);
  }
  for (const { what, ratio, bar, met } of bars) {
    console.log(`${met ? "met " : "MISS"}  ${what.padEnd(56)} ${ratio.toFixed(2)}   bar ${bar}`);
  }
  return bars.every(({ met }) => met);
}
