import { expect, test } from "vitest";
import type { InstanceStatus } from "../../../engine/registry-failure.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { tellsOutOfService } from "./propagation.ts";

function shown(status: InstanceStatus, deleted = false): EurekaInstance {
  const place = { hostname: "web1", address: "10.0.0.1", port: 8080, ports: [8080] };
  return { id: "web1:demo1:8080", app: "DEMO1", ...place, status, overriddenStatus: "UNKNOWN", deleted };
}

test("a peer's clients are told only when the full answer and the delta agree", () => {
  const out = shown("OUT_OF_SERVICE");
  const up = shown("UP");
  expect(tellsOutOfService({ full: out, delta: out })).toBe("yes");
  expect(tellsOutOfService({ full: undefined, delta: shown("UP", true) })).toBe("yes");
  expect(tellsOutOfService({ full: up, delta: out })).toBe("no");
  expect(tellsOutOfService({ full: out, delta: up })).toBe("no");
  expect(tellsOutOfService({ full: shown("DOWN"), delta: shown("DOWN") })).toBe("yes");
  expect(tellsOutOfService({ full: out, delta: undefined })).toBe("likely");
});
