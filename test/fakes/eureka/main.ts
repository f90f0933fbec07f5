/** The small Eureka as a process: `node test/fakes/eureka/main.ts --port 8761 --peers http://127.0.0.2:8761/eureka`. */
import { parseArgs } from "node:util";
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
  },
});

const [user = "", ...password] = (values.login ?? "").split(":");
const eureka = await startEureka({
  address: values.address,
  port: Number(values.port),
  peers: values.peers.split(",").filter(Boolean),
  basePath: values["base-path"],
  cacheMs: Number(values["cache-ms"]),
  replicationDelayMs: Number(values["replication-delay-ms"]),
  selfPreservation: values["self-preservation"],
  ...(values.login === undefined ? {} : { auth: { user, password: password.join(":") } }),
});
process.stdout.write(`${eureka.url}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void eureka.stop());
