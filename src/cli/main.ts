import { enableCompileCache } from "node:module";

// Composition root: the one place of the command line that knows which adapters there are.
enableCompileCache();
void main(process.argv.slice(2)).then((code) => (process.exitCode = code));

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
