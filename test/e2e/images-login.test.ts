import { randomUUID } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auths, basic, DockerRegistries, push } from "../../src/adapters/images/docker-registry.fixture.ts";
import { createImageRegistry } from "../../src/adapters/images/image-registry.ts";
import { localCredentials } from "../../src/adapters/images/local-credentials.ts";

const password = "s3cret-pass";
/** bcrypt of the password, cost 5. */
const htpasswd = "ann:$2b$05$abcdefghijklmnopqrstuuV7fpPozvyqJfnY19y0802WTlXUm6Rjy\n";

const registries = new DockerRegistries();
afterAll(() => registries.close());

let host = "";
let expected: unknown;
beforeAll(async () => {
  const file = join(registries.folder, "htpasswd");
  await writeFile(file, htpasswd);
  host = await registries.start(`auth: {htpasswd: {realm: test, path: ${file}}}`);
  const image = { name: "demo1", tags: ["1.0"], created: "2026-01-01T00:00:00Z" };
  const digest = await push(host, { ...image, authorization: basic("ann", password) });
  expected = { ok: true, value: [{ name: "1.0", digest, created: new Date("2026-01-01") }] };
});

/** A folder with the program docker-credential-fake, a shell script. */
async function helperFolder(script: string): Promise<string> {
  const path = join(registries.folder, randomUUID());
  await mkdir(path);
  await writeFile(join(path, "docker-credential-fake"), `#!/bin/sh\n${script}\n`);
  await chmod(join(path, "docker-credential-fake"), 0o755);
  return path;
}

test("the login of Docker's configuration opens the registry", async () => {
  const images = await registries.client(auths(host, "ann", password));
  expect(await images.listTags(`${host}/demo1`)).toEqual(expected);
});

test("a wrong password is a login failure that does not tell it", async () => {
  const images = await registries.client(auths(host, "ann", "wr0ng"));
  expect(await images.listTags(`${host}/demo1`)).toEqual({
    ok: false,
    failure: {
      reason: "registry-login",
      registry: host,
      image: `${host}/demo1`,
      detail: "it refuses the name or the password of ann",
    },
  });
});

test("no login is a login failure", async () => {
  const images = await registries.client(undefined);
  expect(await images.resolveDigest(`${host}/demo1:1.0`)).toMatchObject({
    failure: { reason: "registry-login", detail: "Docker's configuration has no login for it" },
  });
});

test("without DOCKER_CONFIG the configuration is in the home directory", async () => {
  const home = join(registries.folder, randomUUID());
  await mkdir(join(home, ".docker"), { recursive: true });
  await writeFile(join(home, ".docker/config.json"), JSON.stringify(auths(host, "ann", password)));
  const environment = { HOME: home };
  const images = createImageRegistry({ environment, credentials: localCredentials(environment) });
  expect(await images.listTags(`${host}/demo1`)).toEqual(expected);
});

test("a configuration that cannot be read is told", async () => {
  const folder = join(registries.folder, randomUUID());
  await mkdir(join(folder, "config.json"), { recursive: true });
  const environment = { DOCKER_CONFIG: folder };
  const images = createImageRegistry({ environment, credentials: localCredentials(environment) });
  expect(await images.listTags(`${host}/demo1`)).toMatchObject({
    failure: { reason: "registry-login", detail: `${join(folder, "config.json")} cannot be read (EISDIR)` },
  });
});

test("a helper program is asked for exactly this registry", async () => {
  const login = JSON.stringify({ Username: "ann", Secret: password });
  const path = await helperFolder(`[ "$1" = get ] && [ "$(cat)" = "${host}" ] && echo '${login}'`);
  const images = await registries.client({ credHelpers: { [host]: "fake" } }, { path });
  expect(await images.listTags(`${host}/demo1`)).toEqual(expected);
});

test("a helper that knows no login leaves it to the file", async () => {
  const path = await helperFolder("echo credentials not found in native keychain; exit 1");
  const images = await registries.client({ credsStore: "fake", ...auths(host, "ann", password) }, { path });
  expect(await images.listTags(`${host}/demo1`)).toEqual(expected);
});

test("a helper that fails is told in its own words", async () => {
  const path = await helperFolder("echo the keychain is locked; exit 1");
  const images = await registries.client({ credsStore: "fake" }, { path });
  expect(await images.listTags(`${host}/demo1`)).toMatchObject({
    failure: { reason: "registry-login", detail: "docker-credential-fake: the keychain is locked" },
  });
});

test("a helper that hangs is given up after its deadline", async () => {
  const path = await helperFolder("sleep 5");
  const images = await registries.client({ credsStore: "fake" }, { path, deadline: 0.5 });
  expect(await images.listTags(`${host}/demo1`)).toEqual({
    ok: false,
    failure: { reason: "deadline", host: "localhost", action: "docker-credential-fake get", seconds: 0.5 },
  });
});

test("a helper that writes without end is stopped", async () => {
  const path = await helperFolder("exec cat /dev/zero");
  const images = await registries.client({ credsStore: "fake" }, { path });
  expect(await images.listTags(`${host}/demo1`)).toMatchObject({
    failure: { reason: "registry-login", detail: "docker-credential-fake: exit code 137" },
  });
});

test("a helper that is not installed is told, also where the file has a login", async () => {
  const images = await registries.client({ credsStore: "absent", ...auths(host, "ann", password) });
  expect(await images.listTags(`${host}/demo1`)).toMatchObject({
    failure: {
      reason: "registry-login",
      detail: "docker-credential-absent is not installed; Docker's config.json asks for it",
    },
  });
});
