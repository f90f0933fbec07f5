// Prints how the bundled PostgreSQL of a data folder is reached, for programs that look into it.
import { startBundledPostgres } from "../../src/adapters/postgres/bundled-postgres.ts";

const started = await startBundledPostgres({ dataFolder: process.argv[2] ?? "", deadline: 20 });
if (!started.ok) throw new Error(JSON.stringify(started.failure));
process.stdout.write(JSON.stringify(started.value.connection));
