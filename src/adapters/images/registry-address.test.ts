import type { LookupFunction } from "node:net";
import { describe, expect, test } from "vitest";
import { isListed, isLoopback, isPrivate, originOf } from "./registry-address.ts";

test.each(["localhost", "localhost:5000", "127.0.0.1:5000", "127.8.9.1", "[::1]:5000", "127.1"])(
  "%s is loopback",
  (registry) => {
    expect(isLoopback(registry)).toBe(true);
  },
);

test.each(["127.evil.com", "127.0.0.1.evil.com:5000", "localhost.evil.com", "10.0.0.1", "reg.io", "[::2]:5000"])(
  "%s is not loopback",
  (registry) => {
    expect(isLoopback(registry)).toBe(false);
  },
);

test("an insecure registry is listed exactly, or by the network of its literal address", () => {
  expect(isListed("reg.corp:5000", ["REG.corp:5000"])).toBe(true);
  expect(isListed("reg.corp:5001", ["reg.corp:5000", "reg.corp"])).toBe(false);
  expect(isListed("10.1.2.3:5000", ["10.1.0.0/16"])).toBe(true);
  expect(isListed("10.2.2.3:5000", ["10.1.0.0/16"])).toBe(false);
  expect(isListed("[fd00::7]:5000", ["fd00::/8"])).toBe(true);
  expect(isListed("10.1.2.3", ["10.1.0.0/99", "10.1.0.0/", "x/8", "10.0.0.0/8/8", ""])).toBe(false);
});

const names =
  (...addresses: string[]): LookupFunction =>
  (_host, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
const unknown: LookupFunction = (_host, _options, callback) => callback(new Error("ENOTFOUND"), "");

describe("private addresses", () => {
  test.each(["10.0.0.1", "172.31.0.1", "192.168.7.7", "169.254.1.1", "fd00::1", "fe80::1", "127.0.0.1"])(
    "%s is private",
    async (address) => {
      expect(await isPrivate("reg.corp:5000", names(address))).toBe(true);
    },
  );

  test("one public address among private ones is enough to be public", async () => {
    expect(await isPrivate("reg.corp", names("10.0.0.1", "93.184.216.34"))).toBe(false);
    expect(await isPrivate("reg.corp", names("172.32.0.1"))).toBe(false);
  });

  test("a literal address is not looked up, and an unknown name is not private", async () => {
    expect(await isPrivate("192.168.1.1:5000", unknown)).toBe(true);
    expect(await isPrivate("reg.corp", unknown)).toBe(false);
    expect(await isPrivate("reg.corp", names())).toBe(false);
  });
});

test("Docker Hub's API is at its own host", () => {
  expect(originOf("docker.io", "https").href).toBe("https://registry-1.docker.io/");
  expect(originOf("[::1]:5000", "http").href).toBe("http://[::1]:5000/");
});
