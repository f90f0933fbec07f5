import { expect, test } from "vitest";
import type { Host } from "../../domain/host.ts";
import { Secret } from "../../domain/secret.ts";
import { masterArguments, sessionArguments, settingsArguments, streamArguments } from "./arguments.ts";

const paths = { control: "/run/g/1.ctl", docker: "/run/g/1.sock" };
const plain: Host = { name: "web-1", connection: "ssh", address: "web-1", sshArgs: [] };
const full: Host = {
  name: "web-1",
  connection: "ssh",
  address: "10.0.0.7",
  port: 2222,
  user: "deploy",
  privateKeyFile: "~/.ssh/id",
  sshArgs: ["-o", "ProxyJump=bastion", "-o", "ControlPersist=60s"],
};

test("a host of which only the name is known is left to ssh's own configuration", () => {
  expect(masterArguments(plain, paths, 14.2, ["sh", "-c", "echo it's up", "x"])).toEqual(
    [
      ["-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"],
      ["-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3", "-o", "ExitOnForwardFailure=no"],
      ["-o", "ClearAllForwardings=no", "-o", "RemoteCommand=none", "-o", "LogLevel=INFO"],
      ["-L", "/run/g/1.sock:/var/run/docker.sock"],
      ["-T", "-S", "/run/g/1.ctl", "--", "web-1", String.raw`exec sh -c 'echo it'\''s up' x`],
    ].flat(),
  );
});

test("the inventory's facts and arguments stand between ours: the first -o wins, and the last -S", () => {
  const args = masterArguments(full, paths, 10, ["true"]);
  expect(args.slice(args.indexOf("-L") + 2)).toEqual(
    [
      ["-p", "2222", "-l", "deploy", "-i", "~/.ssh/id"],
      ["-o", "ProxyJump=bastion", "-o", "ControlPersist=60s"],
      ["-T", "-S", "/run/g/1.ctl", "--", "10.0.0.7", "exec true"],
    ].flat(),
  );
});

test("with a password ssh may ask, once, and the password is not among the arguments", () => {
  const args = masterArguments({ ...plain, password: new Secret("pw-123") }, paths, 10, ["true"]);
  expect(args).toContain("BatchMode=no");
  expect(args).not.toContain("BatchMode=yes");
  expect(args).toContain("NumberOfPasswordPrompts=1");
  expect(args).toContain("PreferredAuthentications=password,keyboard-interactive,publickey");
  expect(args.join(" ")).not.toContain("pw-123");
});

test("a session uses the master or fails, and reads no configuration", () => {
  expect(sessionArguments("/run/g/1.ctl", "web-1", ["echo", "a b", ""])).toEqual(
    [
      ["-F", "/dev/null", "-o", "ControlMaster=no", "-o", "BatchMode=yes", "-o", "ProxyCommand=false"],
      ["-o", "LogLevel=ERROR", "-S", "/run/g/1.ctl", "-T", "--", "web-1", "exec echo 'a b' ''"],
    ].flat(),
  );
});

test("a stream tells in its debug messages that it is open; IPv6 addresses stand in brackets", () => {
  expect(streamArguments("/run/g/1.ctl", "web-1", "fe80::1", 80)).toEqual(
    [
      ["-F", "/dev/null", "-o", "ControlMaster=no", "-o", "BatchMode=yes", "-o", "ProxyCommand=false"],
      ["-o", "LogLevel=DEBUG2", "-S", "/run/g/1.ctl", "-W", "[fe80::1]:80", "--", "web-1"],
    ].flat(),
  );
  expect(streamArguments("/c", "h", "127.0.0.1", 8080)).toContain("127.0.0.1:8080");
});

test("ssh is asked for its settings with what the login will use", () => {
  expect(settingsArguments(full)).toEqual(
    [
      ["-G", "-p", "2222", "-l", "deploy", "-i", "~/.ssh/id"],
      ["-o", "ProxyJump=bastion", "-o", "ControlPersist=60s", "--", "10.0.0.7"],
    ].flat(),
  );
});
