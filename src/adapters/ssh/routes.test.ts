import { describe, expect, test } from "vitest";
import type { Host } from "../../domain/host.ts";
import { routesInArguments, routesInSettings } from "./routes.ts";

const host = (...sshArgs: readonly string[]): Host => ({
  name: "web-1",
  connection: "ssh",
  address: "10.0.0.7",
  sshArgs,
});

describe("the ssh servers on the way, from the inventory's arguments", () => {
  test.each([
    [[], ["10.0.0.7:22"]],
    [["-p", "2222"], ["10.0.0.7:2222"]],
    [
      ["-J", "ops@bastion"],
      ["10.0.0.7:22", "bastion:22"],
    ],
    [["-Jbastion:2200"], ["10.0.0.7:22", "bastion:2200"]],
    [
      ["-o", "ProxyJump=a,ssh://ops@b:2200"],
      ["10.0.0.7:22", "a:22", "b:2200"],
    ],
    [["-oProxyJump=bastion"], ["10.0.0.7:22", "bastion:22"]],
    [
      ["-o", "proxyjump bastion"],
      ["10.0.0.7:22", "bastion:22"],
    ],
    [["-o", "ProxyJump=none"], ["10.0.0.7:22"]],
    [
      ["-o", "ProxyCommand=ssh -W %h:%p bastion"],
      ["10.0.0.7:22", "ssh -W %h:%p bastion"],
    ],
    [["-o", "ProxyCommand=none"], ["10.0.0.7:22"]],
    [
      ["-o", "ControlPersist=60s", "-C", "-J", "a", "-J", "b"],
      ["10.0.0.7:22", "a:22"],
    ],
  ])("%j", (args, servers) => {
    expect(routesInArguments(host(...args))).toEqual(servers);
  });

  test("the inventory's port wins", () => {
    expect(routesInArguments({ ...host("-p", "1"), port: 2222 })).toEqual(["10.0.0.7:2222"]);
  });
});

test("the ssh servers on the way, from ssh -G", () => {
  const settings =
    "user root\nhostname 10.0.0.7\nport 2222\nproxyjump ops@bastion,[fe80::1]:2200\nhashknownhosts yes\n";
  expect(routesInSettings(settings)).toEqual(["10.0.0.7:2222", "bastion:22", "[fe80::1]:2200"]);
  expect(routesInSettings("hostname a\nport 22\nproxycommand nc %h %p\n")).toEqual(["a:22", "nc %h %p"]);
});
