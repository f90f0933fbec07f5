import { xml, type Format } from "./encode.ts";
import type { Answer, Site } from "./routes.ts";

/** GET /status: XML only. Peers that do not register themselves count as unavailable, so all of them do here. */
export function statusPage({ peers }: Pick<Site, "peers">, format: Format): Answer {
  if (format === "json") return { status: 500 }; // isHealthy is null in Spring's server, and its encoder fails
  const applicationStats = {
    "registered-replicas": peers.join(", "),
    "available-replicas": "",
    "unavailable-replicas": peers.map((peer) => `${peer},`).join(""),
  };
  const text = xml("com.netflix.eureka.util.StatusInfo", {
    generalStats: { "server-uptime": "00:00" },
    applicationStats,
  });
  return { status: 200, text, type: "xml" };
}
