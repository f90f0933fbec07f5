import { expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { registryAuthHeader } from "./registry-auth-header.ts";

function decode(header: string): unknown {
  return JSON.parse(Buffer.from(header, "base64url").toString("utf8"));
}

test("a name and a password become the JSON that Docker Engine takes", () => {
  const header = registryAuthHeader({ username: "ann", password: new Secret("pä?>~") }, "reg.io:5000");
  expect(decode(header)).toEqual({ username: "ann", password: "pä?>~", serveraddress: "reg.io:5000" });
});

test("the alphabet is base64url, padded: engine 20.10 refuses any other", () => {
  for (const password of ["a", "ab", "abc", "???>>>~~~", "ÿÿÿ"]) {
    const header = registryAuthHeader({ username: "u", password: new Secret(password) }, "reg.io");
    expect(header).toMatch(/^[A-Za-z0-9_-]+={0,2}$/);
    expect(header.length % 4).toBe(0);
  }
});

test("an identity token goes alone, and Docker Hub has its old address", () => {
  const header = registryAuthHeader({ identityToken: new Secret("refresh-me") }, "docker.io");
  expect(decode(header)).toEqual({ identitytoken: "refresh-me", serveraddress: "https://index.docker.io/v1/" });
});
