import { expect, test } from "vitest";
import type { InstanceMatch } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { likelyIds } from "./likely-ids.ts";

const match: InstanceMatch = { host: "web1", hostname: "web1", addresses: [], ports: [] };

function listed(id: string): EurekaInstance {
  const place = { hostname: "x", address: "10.0.0.1", port: 8080, ports: [8080] };
  return { id, app: "DEMO1", ...place, status: "UP", overriddenStatus: "UNKNOWN", deleted: false };
}

test("the id of before is tried again, and ids of others with the new container's name", () => {
  const previous = { id: "aaaaaaaaaaaa:demo1:8080", hostname: "aaaaaaaaaaaa" };
  const names = { containerHostname: "cccccccccccc", containerId: "cccccccccccc9999" };
  expect(likelyIds({ ...match, ...names, previous }, [listed("bbbbbbbbbbbb:demo1:8080")])).toEqual([
    "aaaaaaaaaaaa:demo1:8080",
    "cccccccccccc:demo1:8080",
  ]);
});

test("what is listed is not tried, and never more than a few", () => {
  expect(likelyIds(match, [listed("web1:demo1:8080")])).toEqual([]);
  expect(likelyIds({ ...match, instanceId: "demo1-web1" }, [])).toEqual(["demo1-web1"]);
  const many = Array.from({ length: 50 }, (_, index) => listed(`h:demo1:${index}`));
  expect(likelyIds({ ...match, containerHostname: "c" }, many)).toHaveLength(6);
});
