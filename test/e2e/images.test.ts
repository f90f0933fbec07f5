import { afterAll, beforeAll, expect, test } from "vitest";
import { DockerRegistries, freePort, push, sha256 } from "../../src/adapters/images/docker-registry.fixture.ts";

const registries = new DockerRegistries();
afterAll(() => registries.close());

let host = "";
beforeAll(async () => {
  host = await registries.start();
});

test("tags come newest first with their digests, latest in second place", async () => {
  const name = "team/demo1";
  const old = await push(host, { name, tags: ["3.0"], created: "2026-01-01T00:00:00Z" });
  const middle = await push(host, { name, tags: ["1.0"], created: "2026-02-01T00:00:00Z" });
  const young = await push(host, { name, tags: ["2.0", "latest"], created: "2026-03-01T00:00:00Z" });
  const images = await registries.client(undefined);
  expect(await images.listTags(`${host}/team/demo1`)).toEqual({
    ok: true,
    value: [
      { name: "2.0", digest: young, created: new Date("2026-03-01") },
      { name: "latest", digest: young },
      { name: "1.0", digest: middle, created: new Date("2026-02-01") },
      { name: "3.0", digest: old, created: new Date("2026-01-01") },
    ],
  });
});

test("images without a true build date are ordered by version", async () => {
  const tags = ["1.9", "1.10", "1.10-rc1"];
  const digest = await push(host, { name: "jib", tags, created: "1970-01-01T00:00:00Z" });
  const images = await registries.client(undefined);
  expect(await images.listTags(`${host}/jib`)).toEqual({
    ok: true,
    value: ["1.10", "1.10-rc1", "1.9"].map((name) => ({ name, digest })),
  });
});

test("of more than a thousand tags the newest twenty are shown, within seconds", async () => {
  const tags = ["latest", ...Array.from({ length: 1100 }, (_, i) => `1.${i}`)];
  const digest = await push(host, { name: "many", tags, created: "2026-01-01T00:00:00Z" });
  const images = await registries.client(undefined);
  const start = performance.now();
  const outcome = await images.listTags(`${host}/many`);
  expect(performance.now() - start).toBeLessThan(5000);
  const names = ["1.1099", "latest", ...Array.from({ length: 18 }, (_, i) => `1.${1098 - i}`)];
  expect(outcome).toEqual({ ok: true, value: names.map((name) => ({ name, digest })) });
});

test("a tag and a digest are resolved", async () => {
  const digest = await push(host, { name: "demo2", tags: ["1.0"], created: "2026-01-01T00:00:00Z" });
  const images = await registries.client(undefined);
  expect(await images.resolveDigest(`${host}/demo2:1.0`)).toEqual({ ok: true, value: digest });
  expect(await images.resolveDigest(`${host}/demo2@${digest}`)).toEqual({ ok: true, value: digest });
});

test("a missing tag, digest and repository are missing images, told in the registry's words", async () => {
  await push(host, { name: "demo3", tags: ["1.0"], created: "2026-01-01T00:00:00Z" });
  const images = await registries.client(undefined);
  expect(await images.resolveDigest(`${host}/demo3:2.0`)).toEqual({
    ok: false,
    failure: {
      reason: "image-missing",
      image: `${host}/demo3:2.0`,
      detail: "HTTP 404: MANIFEST_UNKNOWN manifest unknown",
    },
  });
  expect(await images.resolveDigest(`${host}/demo3@${sha256("x")}`)).toMatchObject({
    failure: { reason: "image-missing" },
  });
  expect(await images.listTags(`${host}/nothing`)).toEqual({
    ok: false,
    failure: {
      reason: "image-missing",
      image: `${host}/nothing`,
      detail: "HTTP 404: NAME_UNKNOWN repository name not known to registry",
    },
  });
});

test("a registry that is down is unreachable", async () => {
  const down = `127.0.0.1:${await freePort()}`;
  const images = await registries.client(undefined);
  expect(await images.listTags(`${down}/demo1`)).toEqual({
    ok: false,
    failure: {
      reason: "registry-unreachable",
      registry: down,
      image: `${down}/demo1`,
      detail: `connect ECONNREFUSED ${down}`,
    },
  });
});
