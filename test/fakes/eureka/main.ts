/**
 * The small Eureka as a process: `node test/fakes/eureka/main.ts --port 8761 --peers http://127.0.0.2:8761/eureka`, or
 * `--config <file>` with a list of such servers as JSON (the fields of EurekaOptions).
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { EurekaOptions } from "./options.ts";
import { startEureka } from "./server.ts";

const { values } = parseArgs({
  options: {
    address: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "8761" },
    peers: { type: "string", default: "" },
    "base-path": { type: "string", default: "/eureka" },
    "cache-ms": { type: "string", default: "1000" },
    "replication-delay-ms": { type: "string", default: "500" },
    "self-preservation": { type: "boolean", default: false },
    login: { type: "string" },
    config: { type: "string" },
  },
});

const [user = "", ...password] = (values.login ?? "").split(":");
const byFlags: EurekaOptions = {
  address: values.address,
  port: Number(values.port),
  peers: values.peers.split(",").filter(Boolean),
  basePath: values["base-path"],
  cacheMs: Number(values["cache-ms"]),
  replicationDelayMs: Number(values["replication-delay-ms"]),
  selfPreservation: values["self-preservation"],
  ...(values.login === undefined ? {} : { auth: { user, password: password.join(":") } }),
};
const servers: readonly EurekaOptions[] =
  values.config === undefined ? [byFlags] : JSON.parse(readFileSync(values.config, "utf8"));
for (const options of servers) {
  const eureka = await startEureka(options);
  process.stdout.write(`${eureka.url}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void eureka.stop());
}
