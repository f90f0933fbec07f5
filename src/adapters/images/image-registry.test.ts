import { describe, expect, test } from "vitest";
import { ok } from "../../domain/result.ts";
import { byName, client, digest, hash, json, serve, tagsServer } from "./served-registry.fixture.ts";

async function answer(status: number, code: string) {
  const { host } = await serve((_request, response, path) =>
    json(response, path === "/v2/" ? 200 : status, { errors: [{ code, message: "words" }] }),
  );
  return client().listTags(`${host}/demo1`);
}

describe("pages", () => {
  test("the Link header leads through all pages, wherever it points", async () => {
    const { host, seen } = await serve((request, response, path) => {
      const next: Record<string, string> = {
        "/v2/demo1/tags/list?n=1000": '</v2/demo1/tags/list?last=b&n=1000>; rel="next"',
        "/v2/demo1/tags/list?last=b&n=1000": '<http://elsewhere.test/v2/demo1/tags/list?last=d>; title="x"; rel=next',
      };
      const link = next[path];
      const page = { "/v2/demo1/tags/list?n=1000": ["a", "b"], "/v2/demo1/tags/list?last=b&n=1000": ["c", "d"] }[path];
      if (!path.includes("tags/list")) return tagsServer([])(request, response, path);
      return json(response, 200, { name: "demo1", tags: page ?? ["e"] }, link === undefined ? {} : { link });
    });
    const outcome = await client().listTags(`${host}/demo1`, byName);
    expect(outcome).toEqual(ok(["e", "d", "c", "b", "a"].map((name) => ({ name, digest }))));
    expect(seen.filter((line) => line.includes("tags/list"))).toEqual([
      "GET /v2/demo1/tags/list?n=1000",
      "GET /v2/demo1/tags/list?last=b&n=1000",
      "GET /v2/demo1/tags/list?last=d",
    ]);
  });

  test("a Link that leads in a circle ends", async () => {
    const { host, seen } = await serve((_request, response, path) => {
      const link = { link: "</v2/demo1/tags/list?n=1000>; rel=next" };
      if (path.includes("tags/list")) json(response, 200, { name: "demo1", tags: null }, link);
      else json(response, 200, {});
    });
    expect(await client().listTags(`${host}/demo1`)).toEqual(ok([]));
    expect(seen).toHaveLength(3);
  });

  test("names that are no tags are left out, and digests are asked only for what is shown", async () => {
    const names = ["1.0", "1.1", "1.2", "it's", "a\u001b[2J", "", "../x", "x".repeat(200)];
    const { host, seen } = await serve(tagsServer(names));
    expect(await client().listTags(`${host}/demo1`, { ...byName, pageSize: 2 })).toEqual(
      ok([
        { name: "1.2", digest },
        { name: "1.1", digest },
      ]),
    );
    expect(seen.filter((line) => line.startsWith("HEAD"))).toHaveLength(2);
  });

  test("Google's list brings digests and times along, so nothing more is asked", async () => {
    const tags = ["1.0", "2.0"];
    const manifest = {
      [hash("1")]: { tag: ["1.0"], timeUploadedMs: "1790000000000", timeCreatedMs: "0" },
      [hash("2")]: { tag: ["2.0"], timeUploadedMs: "1780000000000", timeCreatedMs: "0" },
    };
    const { host, seen } = await serve((_request, response, path) => {
      json(response, 200, path.includes("tags/list") ? { name: "demo1", tags, manifest } : {});
    });
    expect(await client().listTags(`${host}/demo1`)).toEqual(
      ok([
        { name: "1.0", digest: hash("1"), created: new Date(1790000000000) },
        { name: "2.0", digest: hash("2"), created: new Date(1780000000000) },
      ]),
    );
    expect(seen).toEqual(["GET /v2/", "GET /v2/demo1/tags/list?n=1000"]);
  });
});

describe("digests", () => {
  test("a registry without the digest header, or without HEAD, has its manifest hashed", async () => {
    const { host } = await serve((request, response, path) => {
      if (request.method === "HEAD") response.writeHead(405).end();
      else if (path.endsWith("/manifests/1.0")) response.writeHead(200).end("a manifest");
      else json(response, 200, {});
    });
    expect(await client().resolveDigest(`${host}/demo1:1.0`)).toEqual(ok(digest));
  });

  test("a tag that lost its image is left out of the list", async () => {
    const { host } = await serve((request, response, path) => {
      if (path.endsWith("/manifests/gone")) json(response, 404, { errors: [{ code: "MANIFEST_UNKNOWN" }] });
      else tagsServer(["1.0", "gone"])(request, response, path);
    });
    for (const options of [byName, {}]) {
      expect(await client().listTags(`${host}/demo1`, options)).toMatchObject({ ok: true, value: [{ name: "1.0" }] });
    }
  });

  test("an index is dated by its image for linux/amd64; attestations are passed over", async () => {
    const config = JSON.stringify({ created: "2026-11-23T03:05:03.123456789Z" });
    const image = JSON.stringify({ config: { digest: hash(config) } });
    const index = JSON.stringify({
      manifests: [
        { digest: hash("attestation"), platform: { os: "unknown", architecture: "unknown" } },
        { digest: hash("arm"), platform: { os: "linux", architecture: "arm64" } },
        { digest: hash(image), platform: { os: "linux", architecture: "amd64" } },
      ],
    });
    const files: Record<string, string> = {
      "/v2/demo1/tags/list?n=1000": JSON.stringify({ name: "demo1", tags: ["1.0"] }),
      "/v2/demo1/manifests/1.0": index,
      [`/v2/demo1/manifests/${hash(image)}`]: image,
      [`/v2/demo1/blobs/${hash(config)}`]: config,
    };
    const { host } = await serve((_request, response, path) => response.end(files[path] ?? "{}"));
    expect(await client().listTags(`${host}/demo1`)).toEqual(
      ok([{ name: "1.0", digest: hash(index), created: new Date("2026-11-23T03:05:03.123Z") }]),
    );
  });
});

describe("troubles", () => {
  test("a cut connection and a 5xx are tried once more", async () => {
    let manifests = 0;
    const { host } = await serve((request, response, path) => {
      if (path.includes("/manifests/") && ++manifests === 1) request.socket.destroy();
      else tagsServer([])(request, response, path);
    });
    expect(await client().resolveDigest(`${host}/demo1`)).toEqual(ok(digest));

    const ill = await serve((request, response, path) => {
      if (path.includes("/manifests/")) json(response, 503, { errors: [{ code: "UNAVAILABLE", message: "later" }] });
      else tagsServer([])(request, response, path);
    });
    expect(await client().resolveDigest(`${ill.host}/demo1`)).toMatchObject({
      failure: { reason: "registry-unreachable", registry: ill.host, detail: "HTTP 503: UNAVAILABLE later" },
    });
    expect(ill.seen).toEqual([
      "GET /v2/",
      ...Array.from({ length: 2 }, () => "HEAD /v2/demo1/manifests/latest"),
      ...Array.from({ length: 2 }, () => "GET /v2/demo1/manifests/latest"),
    ]);
  });

  test("a registry that does not answer is given up after the request's deadline", async () => {
    const { host } = await serve((_request, response, path) => {
      if (path === "/v2/") json(response, 200, {});
    });
    expect(await client({ requestDeadline: 0.2 }).listTags(`${host}/demo1`)).toMatchObject({
      failure: { reason: "registry-unreachable", detail: `${host}: no answer within 0.2 s` },
    });
    expect(await client({ deadline: 0.2 }).listTags(`${host}/demo1`)).toMatchObject({
      failure: { reason: "registry-unreachable", detail: `${host}: given up: the whole call took too long` },
    });
  });

  test("a web server that is no registry is not taken for a missing image", async () => {
    const { host } = await serve((_request, response) => response.writeHead(404).end("<html>"));
    expect(await client().listTags(`${host}/demo1`)).toMatchObject({ failure: { reason: "registry-unreachable" } });
    const happy = await serve((_request, response) => response.writeHead(200).end("<html>"));
    expect(await client().listTags(`${happy.host}/demo1`)).toMatchObject({
      failure: { reason: "registry-unreachable" },
    });
  });

  test("an answer without end is cut off", async () => {
    const { host } = await serve((_request, response, path) => {
      if (path === "/v2/") return json(response, 200, {});
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
        response.once("drain", more);
      };
      return more();
    });
    expect(await client().listTags(`${host}/demo1`)).toMatchObject({
      failure: { reason: "registry-unreachable", detail: `${host}: answer longer than 16 MiB` },
    });
  });

  test("403 and refusals name the login, rate limits do not", async () => {
    expect(await answer(403, "DENIED")).toMatchObject({ failure: { reason: "registry-login" } });
    expect(await answer(401, "UNAUTHORIZED")).toMatchObject({ failure: { reason: "registry-login" } });
    expect(await answer(404, "NAME_UNKNOWN")).toMatchObject({
      failure: { reason: "image-missing", detail: "HTTP 404: NAME_UNKNOWN words" },
    });
    expect(await answer(429, "TOOMANYREQUESTS")).toMatchObject({ failure: { reason: "registry-unreachable" } });
  });
});
