import { createTransport } from "../../../src/adapters/ssh/transport.ts";
import { lockHost } from "../../../src/adapters/ssh/host-lock.ts";
import { unwrap } from "../../../src/engine/errors.ts";

/**
 * A process to be killed: connects to an sshd, takes the lock of `demo1`, starts a command that sleeps for so many
 * seconds, says `ready`, and never ends by itself.
 */
const [address = "", port = "", privateKeyFile = "", seconds = "", ...sshArgs] = process.argv.slice(2);
const connection = unwrap(
  await createTransport().connect(
    { name: "h", connection: "ssh", address, port: Number(port), user: "plain", privateKeyFile, sshArgs },
    { deadline: 20 },
  ),
);
unwrap(await lockHost(connection, "demo1", { run: "r1", user: "u1", machine: "m1", since: "s1" }));
const sleeping = connection.exec(["sleep", seconds], { deadline: 600, action: "sleep" });
await connection.exec(["true"], { deadline: 20, action: "true" });
process.stdout.write("ready\n");
await sleeping;
