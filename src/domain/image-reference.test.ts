import { describe, expect, it } from "vitest";
import { checkImageReference, imageOf, parseImageReference, parseImageVersion, registryOf } from "./image-reference.ts";

const digest = `sha256:${"a1".repeat(32)}`;

describe("an image version", () => {
  it.each([
    ["latest", { tag: "latest" }],
    ["v1.2", { tag: "v1.2" }],
    ["_x-Y.z", { tag: "_x-Y.z" }],
    ["a".repeat(128), { tag: "a".repeat(128) }],
    [`v1.2 (${digest})`, { tag: "v1.2" }],
    ["v1.2 (sha256:0123abcd)", { tag: "v1.2" }],
    ["v1.2 (2026-11-23)", { tag: "v1.2" }],
    [digest, { digest }],
    [`@${digest}`, { digest }],
    [`v1@${digest}`, { tag: "v1", digest }],
    [`v1@${digest} (yesterday)`, { tag: "v1", digest }],
  ])("%s is read", (text, version) => {
    expect(parseImageVersion(text)).toEqual({ ok: true, value: version });
  });

  it.each([
    ["", "empty", ""],
    [" (x)", "empty", " (x)"],
    ["-v1", "tag", "-v1"],
    [".v1", "tag", ".v1"],
    ["v1;reboot", "tag", "v1;reboot"],
    ["v1 v2", "tag", "v1 v2"],
    ["版本1", "tag", "版本1"],
    ["a".repeat(129), "tag", "a".repeat(129)],
    ["sha256:abc", "digest", "sha256:abc"],
    ["v1@sha256:abc", "digest", "sha256:abc"],
    [`v 1@${digest}`, "tag", "v 1"],
  ])("%j is refused", (text, reason, seen) => {
    expect(parseImageVersion(text)).toEqual({ ok: false, failure: { reason, seen } });
  });
});

describe("the image of a project", () => {
  const project = { imageUrl: "registry.example.com/namespace/", name: "demo1" };

  it.each([
    [{ tag: "v1" }, "registry.example.com/namespace/demo1:v1"],
    [{ digest }, `registry.example.com/namespace/demo1@${digest}`],
    [{ tag: "v1", digest }, `registry.example.com/namespace/demo1:v1@${digest}`],
  ])("of %j", (version, image) => {
    expect(imageOf(project, version)).toBe(image);
  });
});

describe("a reference", () => {
  it.each([
    ["demo1", { registry: "docker.io", repository: "demo1" }],
    ["demo1:v1", { registry: "docker.io", repository: "demo1", tag: "v1" }],
    ["team/demo1:v1", { registry: "docker.io", repository: "team/demo1", tag: "v1" }],
    ["localhost/demo1", { registry: "localhost", repository: "localhost/demo1" }],
    ["localhost:5000/a/b/demo1", { registry: "localhost:5000", repository: "localhost:5000/a/b/demo1" }],
    ["10.0.0.1:5000/demo1:v1", { registry: "10.0.0.1:5000", repository: "10.0.0.1:5000/demo1", tag: "v1" }],
    ["[::1]:5000/demo1", { registry: "[::1]:5000", repository: "[::1]:5000/demo1" }],
    ["index.docker.io/library/nginx", { registry: "docker.io", repository: "index.docker.io/library/nginx" }],
    [
      `registry.cn-hongkong.aliyuncs.com/namespace_demo/demo1:v1@${digest}`,
      {
        registry: "registry.cn-hongkong.aliyuncs.com",
        repository: "registry.cn-hongkong.aliyuncs.com/namespace_demo/demo1",
        tag: "v1",
        digest,
      },
    ],
  ])("%s is taken apart", (text, parts) => {
    expect(parseImageReference(text)).toEqual(parts);
    expect(registryOf(text)).toBe(parts.registry);
  });

  it.each([
    ["", "repository", ""],
    ["Demo1", "uppercase", "Demo1"],
    ["registry.example.com/NS/demo1", "uppercase", "NS"],
    ["registry.example.com//demo1", "repository", ""],
    ["registry.example.com/ns/", "repository", ""],
    ["http://registry.example.com/demo1", "registry", "http:"],
    ["a..b", "repository", "a..b"],
    ["-a", "repository", "-a"],
    ["demo1:", "tag", ""],
    ["demo1:v 1", "tag", "v 1"],
    ["demo1@sha256:1", "digest", "sha256:1"],
    ["a".repeat(256), "too-long", "a".repeat(256)],
  ])("%j is refused", (text, reason, seen) => {
    expect(checkImageReference(text)).toEqual({ ok: false, failure: { reason, seen } });
    expect(() => parseImageReference(text)).toThrow("not an image reference");
  });
});
