import { describe, expect, it } from "vitest";
import { checkFile, checkProject } from "../../../../test/fixtures/config/check-file.ts";

const at = (key: string): string => `demo1.${key}`;

function checkImageUrl(url: string): readonly object[] {
  return checkFile(`{"demo1": {"DockerImageURL": "${url}"}}`);
}

describe("project names", () => {
  it.each([
    ["Demo1", "uppercase"],
    ["demo 1", "characters"],
    ["-demo", "characters"],
    ["team/demo1", "characters"],
    ["demo1;x", "characters"],
    ["项目", "characters"],
    ["a".repeat(101), "too-long"],
  ])("%s", (name, problem) => {
    expect(checkFile(`{"${name}": {"DockerImageURL": "r.example.com/ns/"}}`)).toMatchObject([
      { line: 1, column: 2, code: "project-name", name, problem },
    ]);
  });
});

describe("DockerImageURL", () => {
  it.each([
    ["https://r.example.com/ns/", { code: "image-url", problem: "scheme", seen: "https://r.example.com/ns/" }],
    ["r.example.com/ns/demo1:v1", { code: "image-url", problem: "version" }],
    ["r.example.com/NS/", { code: "image", problem: { reason: "uppercase", seen: "NS" } }],
    ["r.example.com//", { code: "image", problem: { reason: "repository", seen: "" } }],
    ["r.example.com/a b/", { code: "image", problem: { reason: "repository", seen: "a b" } }],
    ["https://u:p@w@r.example.com/ns/", { code: "image-url", seen: "https://…@r.example.com/ns/" }],
    ["u:pw@r.example.com/ns/", { code: "image", image: "…@r.example.com/ns/demo1" }],
    ["r.example.com/ns", { code: "image-url-joins", image: "r.example.com/nsdemo1" }],
  ])("%s", (url, problem) => {
    expect(checkImageUrl(url)).toMatchObject([{ line: 1, column: 30, path: "demo1.DockerImageURL", ...problem }]);
  });
});

describe("start-first", () => {
  it("cannot share a port of the host", () => {
    expect(checkProject('"DockerRunArg": "-p 8080:80 -p 90", "Strategy": "start-first"')).toEqual([
      { path: at("Strategy"), code: "start-first-port", port: "8080" },
    ]);
    expect(checkProject('"DockerRunArg": "-p 8000-8010:80"', '"Strategy": "start-first"')).toEqual([]);
  });

  it("on the host's network is worth a word", () => {
    expect(checkProject('"DockerRunArg": "--net host"', '"Strategy": "start-first"')).toEqual([
      { path: at("Strategy"), code: "start-first-host-network" },
    ]);
  });
});
