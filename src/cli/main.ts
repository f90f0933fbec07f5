import { enableCompileCache } from "node:module";

enableCompileCache();
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that goes away (`gantry projects | head -1`) is no failure, and must not leave hosts half done.
    if (error.code !== "EPIPE") process.exitCode = 1;
  });
}
void main(process.argv.slice(2)).then((code) => (process.exitCode ||= code));

async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv;
  if (first === "--version" || first === "-V") {
    const { version } = await import("./version.ts");
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (first === "var_json_keys") {
    const { quickNames } = await import("./quick-names.ts");
    const names = await quickNames(argv.slice(1), process.env, process.cwd());
    if (names !== undefined) {
      process.stdout.write(names);
      return 0;
    }
  }
  const { start } = await import("./start.ts");
  return start(argv);
}
