import { parseDockerRunArg } from "../../../domain/docker-run.ts";
import type { PublishedPort } from "../../../domain/docker-run-ports.ts";
import { firstPublished, HTTP_FORMS, parseHttpProbe, parseTcpProbe, TCP_FORMS } from "../probe-address.ts";
import { withoutLogin } from "../secret-keys.ts";
import { effective, projectsOf, settingsOf } from "../sections.ts";
import type { Rule } from "./rule.ts";

/** Probes have an address that can be read. */
export const probesAreValid: Rule = (document) => [
  ...settingsOf(document, "HealthCheck", "http").flatMap(({ path, value }) => {
    if (typeof value !== "string" || value === "" || parseHttpProbe(value) !== undefined) return [];
    return [{ ...document.valuePlace(path), code: "address" as const, seen: withoutLogin(value), allowed: HTTP_FORMS }];
  }),
  ...settingsOf(document, "HealthCheck", "tcp").flatMap(({ path, value }) => {
    if ((typeof value !== "string" && typeof value !== "number") || value === "") return [];
    if (parseTcpProbe(value) !== undefined) return [];
    return [
      { ...document.valuePlace(path), code: "address" as const, seen: withoutLogin(String(value)), allowed: TCP_FORMS },
    ];
  }),
];

/** A probe without a port needs a published one. */
export const probesHaveAPort: Rule = (document) =>
  projectsOf(document).flatMap((project) => {
    const http = effective(project, "HealthCheck", "http");
    const probe = typeof http === "string" ? parseHttpProbe(http) : undefined;
    if (typeof http !== "string" || probe === undefined || probe.port !== undefined) return [];
    const ports = publishedPorts(effective(project, "DockerRunArg"));
    if (ports === undefined || firstPublished(ports) !== undefined) return [];
    return [{ ...document.keyPlace([project.name, "HealthCheck", "http"]), code: "no-port", seen: http }];
  });

/** With start-first both versions run for a while, so they cannot hold the same port of the host. */
export const startFirstSharesNoPort: Rule = (document) =>
  projectsOf(document).flatMap((project) => {
    const dockerRunArg = project.own["DockerRunArg"];
    if (effective(project, "Strategy") !== "start-first" || typeof dockerRunArg !== "string") return [];
    const parsed = parseDockerRunArg(dockerRunArg);
    if (!parsed.ok) return [];
    const place = document.keyPlace([project.name, "Strategy"]);
    // A range of ports for one container port is a choice of ports: it can be shared.
    const fixed = parsed.value.publishedPorts.filter(
      ({ host, container }) => host !== undefined && host.last - host.first === container.last - container.first,
    );
    return [
      ...fixed.map(({ host }) => ({ ...place, code: "start-first-port" as const, port: String(host?.first) })),
      ...(parsed.value.hostNetwork ? [{ ...place, code: "start-first-host-network" as const }] : []),
    ];
  });

function publishedPorts(dockerRunArg: unknown): readonly PublishedPort[] | undefined {
  if (dockerRunArg === undefined) return [];
  const parsed = typeof dockerRunArg === "string" ? parseDockerRunArg(dockerRunArg) : undefined;
  return parsed?.ok === true ? parsed.value.publishedPorts : undefined;
}
