import { describe, expect, test } from "vitest";
import type { Host } from "../../domain/host.ts";
import { connectFailure, droppedBeforeLogin, lastWords } from "./connect-failure.ts";

const host: Host = { name: "web-1", connection: "ssh", address: "10.0.0.7", user: "deploy", sshArgs: [] };

const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
Add correct host key in /root/.ssh/known_hosts to get rid of this message.
Offending ED25519 key in /root/.ssh/known_hosts:3
  remove with:
  ssh-keygen -f "/root/.ssh/known_hosts" -R "10.0.0.7"
Host key for 10.0.0.7 has changed and you have requested strict checking.
Host key verification failed.`;

const droppedByJump = `kex_exchange_identification: read: Connection reset by peer
Connection reset by 10.0.0.1 port 22
kex_exchange_identification: Connection closed by remote host
Connection closed by UNKNOWN port 65535`;

const downBehindJump = `channel 0: open failed: connect failed: Connection refused
stdio forwarding failed
kex_exchange_identification: Connection closed by remote host
Connection closed by UNKNOWN port 65535`;

describe("what ssh says", () => {
  test.each([
    ["host-key-changed", changed],
    ["host-key-unknown", "Host key verification failed."],
    ["host-key-unknown", "No ED25519 host key is known for web-1 and you have requested strict checking.\nHost key"],
    ["login-refused", "deploy@10.0.0.7: Permission denied (publickey,password)."],
    ["login-refused", "Received disconnect from 10.0.0.7 port 22:2: Too many authentication failures"],
    ["host-unreachable", "ssh: connect to host 10.0.0.7 port 22: Connection refused"],
    ["host-unreachable", "ssh: connect to host 10.0.0.7 port 22: No route to host"],
    ["host-unreachable", "ssh: connect to host 10.0.0.7 port 22: Connection timed out"],
    ["host-unreachable", "ssh: Could not resolve hostname web-1: Name or service not known"],
    ["host-unreachable", "Unable to negotiate with 10.0.0.7 port 22: no matching host key type found."],
    ["host-unreachable", "/root/.ssh/config: line 3: Bad configuration option: foo"],
    ["host-unreachable", 'Load key "/root/.ssh/id": Permission denied'],
    ["host-unreachable", downBehindJump],
    ["host-unreachable", droppedByJump],
    ["host-unreachable", ""],
  ])("is %s: %s", (reason, errors) => {
    const failure = connectFailure(host, 255, errors, "");
    expect(failure).toMatchObject({ reason, host: "web-1", address: "10.0.0.7" });
  });

  test("another exit code than ssh's own means that the login led to no shell", () => {
    expect(connectFailure(host, 1, "", "This account is currently not available.\n")).toEqual({
      reason: "login-refused",
      host: "web-1",
      address: "10.0.0.7",
      user: "deploy",
      detail: "no shell on the host: This account is currently not available.",
    });
  });
});

describe("a connection dropped before the login", () => {
  test.each([
    ["kex_exchange_identification: read: Connection reset by peer\nConnection reset by 10.0.0.7 port 22", true],
    ["kex_exchange_identification: Connection closed by remote host\nConnection closed by 10.0.0.7 port 22", true],
    ["Connection closed by 10.0.0.7 port 22", true],
    [droppedByJump, true],
    [downBehindJump, false],
    ["ssh: connect to host 10.0.0.7 port 22: Connection refused", false],
    ["Connection timed out during banner exchange\nConnection to 10.0.0.7 port 22 timed out", false],
    ["deploy@10.0.0.7: Permission denied (publickey).\nConnection closed by 10.0.0.7 port 22", false],
    ["Host key verification failed.\nConnection closed by remote host", false],
    ["", false],
  ])("%j: %s", (errors, dropped) => {
    expect(droppedBeforeLogin(errors)).toBe(dropped);
  });
});

describe("last words", () => {
  test("name the file of a changed key", () => {
    expect(lastWords(changed)).toBe(
      "Offending ED25519 key in /root/.ssh/known_hosts:3; " +
        "Host key for 10.0.0.7 has changed and you have requested strict checking.; Host key verification failed.",
    );
  });

  test("leave out banners' terminal commands, debug lines and empty ones", () => {
    const errors = "\u001b[31mWELCOME\u001b[0m\u0007\r\ndebug1: hm\r\n\nWarning: Permanently added 'x'.\nbye\n";
    expect(lastWords(errors)).toBe("WELCOME; bye");
  });

  test("are at most three lines and 500 characters", () => {
    expect(lastWords("a\nb\nc\nd")).toBe("b; c; d");
    expect(lastWords("x".repeat(9999))).toHaveLength(500);
  });
});
