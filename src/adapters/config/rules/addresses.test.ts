import { describe, expect, it } from "vitest";
import { checkFile, checkProject } from "../../../../test/fixtures/config/check-file.ts";

const at = (key: string): string => `demo1.${key}`;

describe("Eureka", () => {
  it("needs URLs, each with its place, logins not shown", () => {
    const text = '{"public": {"EurekaUrl": "http://ok:9001, eureka.demo.com:9001,ftp://u:p@x,http://u:pw@b d/"}}';
    expect(checkFile(text)).toMatchObject([
      { column: 43, code: "url", seen: "eureka.demo.com:9001", problem: "scheme" },
      { column: 64, code: "url", seen: "ftp://…@x", problem: "scheme" },
      { column: 76, code: "url", seen: "http://…@b d/", problem: "format" },
    ]);
  });

  it.each(['"EurekaUrl": ""', '"EurekaUrl": " , "', '"Keep": 5'])(
    "without an address (%s) is only worth a word",
    (common) => {
      expect(checkProject('"AppSpringName": "demo2"', common)).toEqual([
        { path: at("AppSpringName"), code: "no-eureka-url", appName: "demo2" },
      ]);
    },
  );
});

describe("health checks", () => {
  it.each([
    ['"HealthCheck": {"http": "health"}', "HealthCheck.http", "health"],
    ['"HealthCheck": {"http": "https://x/health"}', "HealthCheck.http", "https://x/health"],
    ['"HealthCheck": {"http": ":99999/x"}', "HealthCheck.http", ":99999/x"],
    ['"HealthCheck": {"http": "http://u:pw@x/"}', "HealthCheck.http", "http://…@x/"],
    ['"HealthCheck": {"tcp": "web"}', "HealthCheck.tcp", "web"],
    ['"HealthCheck": {"tcp": 0}', "HealthCheck.tcp", "0"],
  ])("%s has no address", (entries, key, seen) => {
    expect(checkProject(entries)).toMatchObject([{ path: at(key), code: "address", seen }]);
  });

  it("with a path alone need a published port, also when public says so", () => {
    const noPort = [{ path: at("HealthCheck.http"), code: "no-port", seen: "/health" }];
    expect(checkProject('"HealthCheck": {"http": "/health"}')).toEqual(noPort);
    expect(checkProject('"DockerRunArg": "-p 80"', '"HealthCheck": {"http": "/health"}')).toEqual(noPort);
    expect(checkProject('"DockerRunArg": "-p 80:80", "HealthCheck": {"http": "/health"}')).toEqual([]);
    expect(checkProject('"HealthCheck": {"http": ""}', '"HealthCheck": {"http": "/health"}')).toEqual([]);
  });
});

describe("freezes", () => {
  it("have edges that are times, in order", () => {
    const entries =
      '"Freeze": [{"from": "soon", "to": "2026-02-30"}, {"from": "2026-10-07 10:00", "to": "2026-10-01"}]';
    expect(checkProject(entries)).toMatchObject([
      { path: at("Freeze[0].from"), code: "time", seen: "soon" },
      { path: at("Freeze[0].to"), code: "time", seen: "2026-02-30" },
      { path: at("Freeze[1].to"), code: "time-order", from: "2026-10-07 10:00", to: "2026-10-01" },
    ]);
  });
});
