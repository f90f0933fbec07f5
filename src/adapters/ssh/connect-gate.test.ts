import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Host } from "../../domain/host.ts";
import { ConnectGate } from "./connect-gate.ts";

const never = new AbortController().signal;
const host = (address: string, ...sshArgs: readonly string[]): Host => ({
  name: address,
  connection: "ssh",
  address,
  sshArgs,
});

async function turns(): Promise<void> {
  for (let times = 0; times < 20; times += 1) await nextTurn();
}

/** Sends hosts through a gate; `inside` counts who is in, `leave` lets the first of them out. */
function crowd(gate: ConnectGate, hosts: readonly Host[]): { readonly leaving: (() => void)[] } {
  const leaving: (() => void)[] = [];
  for (const each of hosts) {
    const enter = async (): Promise<void> => {
      const leave = await gate.enter(each, never);
      if (leave !== undefined) leaving.push(leave);
    };
    void enter();
  }
  return { leaving };
}

test("8 at a time knock at one server; each that leaves lets one in", async () => {
  const gate = new ConnectGate((each) => Promise.resolve([each.address]));
  const { leaving } = crowd(
    gate,
    Array.from({ length: 20 }, () => host("web")),
  );
  await turns();
  expect(leaving).toHaveLength(8);
  leaving[0]?.();
  leaving[0]?.();
  await turns();
  expect(leaving).toHaveLength(9);
});

test("different servers do not wait for each other, unless they share a jump host", async () => {
  const hosts = Array.from({ length: 20 }, (_, at) => host(`web-${at}`));
  const direct = crowd(new ConnectGate((each) => Promise.resolve([each.address])), hosts);
  const jumping = crowd(new ConnectGate((each) => Promise.resolve([each.address, "bastion:22"])), hosts);
  await turns();
  expect(direct.leaving).toHaveLength(20);
  expect(jumping.leaving).toHaveLength(8);
});

test("ssh is asked for jump hosts only when more than 8 connects are wanted at once", async () => {
  let asked = 0;
  const gate = new ConnectGate((each) => {
    asked += 1;
    return Promise.resolve([each.address]);
  });
  const few = crowd(
    gate,
    Array.from({ length: 8 }, () => host("web", "-J", "bastion")),
  );
  await turns();
  expect(asked).toBe(0);
  for (const leave of few.leaving) leave();
  crowd(
    gate,
    Array.from({ length: 9 }, () => host("web")),
  );
  await turns();
  expect(asked).toBe(9);
});

test("who is aborted while waiting leaves the line and holds nothing", async () => {
  const gate = new ConnectGate((each) => Promise.resolve([each.address, "bastion"]));
  const { leaving } = crowd(
    gate,
    Array.from({ length: 8 }, () => host("web")),
  );
  const abort = new AbortController();
  const waiting = gate.enter(host("other"), abort.signal);
  await turns();
  abort.abort();
  expect(await waiting).toBeUndefined();
  for (const leave of leaving.splice(0)) leave();
  const again = crowd(
    gate,
    Array.from({ length: 8 }, () => host("other")),
  );
  await turns();
  expect(again.leaving).toHaveLength(8);
});
