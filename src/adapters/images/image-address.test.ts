import { expect, test } from "vitest";
import { addressOf, isDigest, isTag } from "./image-address.ts";

const digest = `sha256:${"a1".repeat(32)}`;

test.each([
  ["demo1", { registry: "docker.io", repository: "library/demo1", tag: "latest" }],
  ["team/demo1:2.0", { registry: "docker.io", repository: "team/demo1", tag: "2.0" }],
  ["docker.io/demo1", { registry: "docker.io", repository: "library/demo1", tag: "latest" }],
  ["index.docker.io/team/demo1", { registry: "docker.io", repository: "team/demo1", tag: "latest" }],
  ["localhost/demo1", { registry: "localhost", repository: "demo1", tag: "latest" }],
  ["registry.example.com/a/b/demo1:v1", { registry: "registry.example.com", repository: "a/b/demo1", tag: "v1" }],
  ["127.0.0.1:5000/demo1", { registry: "127.0.0.1:5000", repository: "demo1", tag: "latest" }],
  ["[::1]:5000/demo1:x", { registry: "[::1]:5000", repository: "demo1", tag: "x" }],
  [`reg.io/demo1:v1@${digest}`, { registry: "reg.io", repository: "demo1", tag: "v1", digest }],
])("%s is found where Docker finds it", (text, parts) => {
  expect(addressOf(text)).toEqual({ ok: true, value: { text, ...parts } });
});

test.each([
  "",
  "Demo1",
  "https://registry.example.com/demo1",
  "reg.io/demo1:",
  "reg.io/../demo1",
  "reg.io/demo1:a b",
  "reg.io:99999/demo1",
  "999.1.1.1/demo1",
  "reg.io/demo1@sha256:12",
  `reg.io/demo1@${digest}@${digest}`,
  `reg.io/${"a".repeat(2000)}`,
])("%j is refused and says so", (text) => {
  expect(addressOf(text)).toEqual({
    ok: false,
    failure: { reason: "image-missing", image: text, detail: "not a valid image reference" },
  });
});

test("a tag and a digest are told from anything else", () => {
  expect([isTag("1.0"), isTag("1.0 (x)"), isTag(digest), isTag(`1.0@${digest}`), isTag(" 1.0"), isTag("")]).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect([isDigest(digest), isDigest(`@${digest}`), isDigest("sha256:12"), isDigest("1.0")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
