import { expect, it } from "vitest";
import type { Fleet, FleetCell, FleetMark } from "../../../contract/fleet.ts";
import { countsOf, shownFleet } from "./fleet-filters.ts";

const cell = (host: string, tag: string, marks: readonly FleetMark[] = []): FleetCell => ({
  host,
  version: `x-${tag}`,
  tag,
  state: "running",
  health: null,
  createdAt: null,
  startedAt: null,
  marks: [...marks],
  expected: null,
  kept: 0,
});
const host = (name: string, failure: Fleet["hosts"][number]["failure"] = null): Fleet["hosts"][number] => ({
  name,
  address: name,
  configCentre: "ops",
  failure,
  docker: null,
  milliseconds: 1,
});
const project = (name: string, cells: FleetCell[]) => ({ name, configCentre: "ops", problem: null, cells });
const fleet: Fleet = {
  environment: { id: 1, name: "prod", colour: "red", protected: true },
  sources: [],
  groups: [{ name: "web", hosts: ["web1", "web2"] }],
  hosts: [host("web1"), host("web2"), host("db1"), host("spare", { reason: "host-unreachable" })],
  projects: [
    project("shop", [cell("web1", "v2"), cell("web2", "v1", ["differs"])]),
    project("ledger", [cell("db1", "v7")]),
    project("lost", []),
  ],
};
const shown = (filters: Parameters<typeof shownFleet>[1]) => {
  const { hosts, projects } = shownFleet(fleet, filters);
  return [hosts.map(({ name }) => name).join(" "), projects.map(({ name }) => name).join(" ")];
};

it("shows everything without filters, and what runs where rows and columns cross", () => {
  expect(shown({})).toEqual(["web1 web2 db1 spare", "shop ledger lost"]);
  const { cellOf } = shownFleet(fleet, {});
  expect(cellOf("web2", "shop")?.tag).toBe("v1");
  expect(cellOf("db1", "shop")).toBeUndefined();
});

it("finds by the name of a project or host, by version and by tag", () => {
  expect(shown({ text: "SHOP" })).toEqual(["web1 web2", "shop"]);
  expect(shown({ text: "db1" })).toEqual(["db1", "ledger"]);
  expect(shown({ text: "v7" })).toEqual(["db1", "ledger"]);
  expect(shown({ text: "lost" })).toEqual(["", "lost"]);
  expect(shown({ text: "spare" })).toEqual(["spare", ""]);
});

it("narrows to a group, and to what drifts", () => {
  expect(shown({ group: "web" })).toEqual(["web1 web2", "shop"]);
  expect(shown({ drift: "1" })).toEqual(["web2", "shop"]);
  expect(shown({ drift: "1", text: "ledger" })).toEqual(["", ""]);
  expect(shown({ group: "none" })).toEqual(["", ""]);
});

it("counts what drifts and what does not answer", () => {
  expect(countsOf(fleet)).toEqual({ drift: 1, unreachable: 1 });
});
