import { expect, test } from "vitest";
import { parseAddress } from "./addresses.ts";

test.each([
  ["web01", { host: "web01" }],
  ["web01:22", { host: "web01", port: 22 }],
  ["10.0.0.1:2222", { host: "10.0.0.1", port: 2222 }],
  ["[fe80::1]:22", { host: "fe80::1", port: 22 }],
  ["fe80::1", { host: "fe80::1" }],
  ["web[01:10:2].example.com:22", { host: "web[01:10:2].example.com", port: 22 }],
  ["2001:db8::[1:f]", { host: "2001:db8::[1:f]" }],
  ["主机:22", { host: "主机", port: 22 }],
])("%s is a host, perhaps with a port", (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test.each(["web:&db", "a:b:c", "-x", "a@b:22", "web[0]", "host_", "", "fe80::1%eth0"])("%j is no address", (text) => {
  expect(parseAddress(text)).toBeUndefined();
});
