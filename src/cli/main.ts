import { enableCompileCache } from "node:module";

// Composition root: the one place of the command line that knows which adapters there are.
enableCompileCache();
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv;
  if (first === "--version" || first === "-V") {
    const { version } = await import("./version.ts");
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const { start } = await import("./start.ts");
  return start(argv);
}
