import { createTransport } from "../../../src/adapters/ssh/transport.ts";
import { lockHost } from "../../../src/adapters/ssh/host-lock.ts";
import type { Host } from "../../../src/domain/host.ts";
import { unwrap } from "../../../src/engine/errors.ts";

/**
 * A process to be killed: connects to the host given as JSON, takes the lock of `demo1`, starts a command that sleeps
 * for as many seconds as the second argument says, says `ready`, and never ends by itself.
 */
const host = JSON.parse(process.argv[2] ?? "") as Host;
const connection = unwrap(await createTransport().connect(host, { deadline: 20 }));
unwrap(await lockHost(connection, "demo1", { run: "r1", user: "u1", machine: "m1", since: "s1" }));
const sleeping = connection.exec(["sleep", process.argv[3] ?? "600"], { deadline: 600, action: "sleep" });
await connection.exec(["true"], { deadline: 20, action: "true" });
process.stdout.write("ready\n");
await sleeping;
