import { describe, expect, it } from "vitest";
import { eurekaAppName, peerProblem, peersOf } from "./eureka-urls.ts";
import { nearestNames } from "./nearest.ts";
import { firstPublished, parseHttpProbe, parseTcpProbe } from "./probe-address.ts";

describe("an HTTP probe", () => {
  it.each([
    ["/health", { address: "127.0.0.1", port: undefined, path: "/health" }],
    [":8080/health?a=b", { address: "127.0.0.1", port: 8080, path: "/health?a=b" }],
    [":8080", { address: "127.0.0.1", port: 8080, path: "/" }],
    ["10.0.0.7:8080/health", { address: "10.0.0.7", port: 8080, path: "/health" }],
    ["http://127.0.0.1:8080/health", { address: "127.0.0.1", port: 8080, path: "/health" }],
    ["http://localhost/health", { address: "localhost", port: 80, path: "/health" }],
    ["http://[::1]:8080/", { address: "[::1]", port: 8080, path: "/" }],
  ])("%s", (text, probe) => {
    expect(parseHttpProbe(text)).toEqual(probe);
  });

  it.each(["", "health", "https://a/b", "8080", ":0/x", ":65536/x", "/a b", "http://a:b@c/"])("is not %j", (text) => {
    expect(parseHttpProbe(text)).toBeUndefined();
  });
});

it("a TCP probe is a port, with or without an address", () => {
  expect([8080, "8080", ":8080", "db.local:5432", "[::1]:1"].map(parseTcpProbe)).toEqual([
    { address: "127.0.0.1", port: 8080, path: "" },
    { address: "127.0.0.1", port: 8080, path: "" },
    { address: "127.0.0.1", port: 8080, path: "" },
    { address: "db.local", port: 5432, path: "" },
    { address: "[::1]", port: 1, path: "" },
  ]);
  expect([0, 65_536, 1.5, -1, "web", "web:", "", "http://a:80"].map(parseTcpProbe)).toEqual(Array(8).fill(undefined));
});

it("a probe without a port goes to the first published TCP port that is fixed", () => {
  const container = { first: 80, last: 80 };
  const host = { first: 8080, last: 8080 };
  expect(
    firstPublished([
      { container, protocol: "tcp" },
      { container, host, protocol: "udp" },
      { container, host, protocol: "tcp", address: "0.0.0.0" },
    ]),
  ).toEqual({ address: "127.0.0.1", port: 8080 });
  expect(firstPublished([{ container, host, protocol: "tcp", address: "::1" }])).toEqual({
    address: "[::1]",
    port: 8080,
  });
  expect(firstPublished([])).toBeUndefined();
});

describe("EurekaUrl", () => {
  it("holds peers between commas, with the place of each", () => {
    expect(peersOf(" http://a:1 ,,http://b:2,")).toEqual([
      { text: "http://a:1", offset: 1 },
      { text: "http://b:2", offset: 14 },
    ]);
  });

  it.each([
    ["http://a:9001", undefined],
    ["HTTPS://user:pw@a/eureka/", undefined],
    ["a:9001", "scheme"],
    ["http://", "format"],
    ["http://a b", "format"],
    ["http://a?x=1", "format"],
    ["http://a:99999", "format"],
  ])("%s: %s", (peer, problem) => {
    expect(peerProblem(peer)).toBe(problem);
  });
});

it.each([
  ["null", undefined],
  ["", undefined],
  [" ", undefined],
  [null, undefined],
  [undefined, undefined],
  [5, undefined],
  ["Null", "Null"],
  [" demo2 ", "demo2"],
])("AppSpringName %j is the name %j", (value, name) => {
  expect(eurekaAppName(value)).toBe(name);
});

it("near names are few, best first, and none when nothing is like it", () => {
  const names = ["demo1", "demo10", "demo2", "payments", "web"];
  expect(nearestNames("demo", names)).toEqual(["demo1", "demo10", "demo2"]);
  expect(nearestNames("paymants", names)).toEqual(["payments"]);
  expect(nearestNames("WEB", names)).toEqual(["web"]);
  expect(nearestNames("inventory", names)).toEqual([]);
});
