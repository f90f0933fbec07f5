import { PassThrough } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { Preamble, randomMarker } from "./preamble.ts";

function program(password?: string): {
  readonly streams: { readonly stdin: PassThrough; readonly stdout: PassThrough; readonly stderr: PassThrough };
  readonly preamble: Preamble;
  readonly seen: string[];
} {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const seen: string[] = [];
  const secret = password === undefined ? undefined : new Secret(password);
  const preamble = new Preamble(streams, "M", secret, {
    started: () => seen.push("started"),
    output: (chunk) => seen.push(`out ${chunk.toString()}`),
    errors: (chunk) => seen.push(`err ${chunk.toString()}`),
    refused: () => seen.push("refused"),
  });
  return { streams, preamble, seen };
}

test("start files' noise is dropped, wherever the chunks are cut", async () => {
  const { streams, preamble, seen } = program();
  for (const character of "noise\nM!\nhello") streams.stdout.write(character);
  for (const character of "motd M\nM!\noops") streams.stderr.write(character);
  await nextTurn();
  await nextTurn();
  expect(seen.filter((each) => each.startsWith("out")).join("")).toBe("out hout eout lout lout o");
  expect(seen.filter((each) => each.startsWith("err"))).toEqual(["err o", "err o", "err p", "err s"]);
  expect(seen).toContain("started");
  expect(preamble.started).toBe(true);
});

test("the password is written when sudo asks, and not before", async () => {
  const { streams, seen } = program("pw");
  streams.stderr.write("We trust you have received the usual lecture\n");
  await nextTurn();
  expect(streams.stdin.read()).toBeNull();
  streams.stderr.write("M");
  streams.stderr.write("?");
  await nextTurn();
  expect(String(streams.stdin.read())).toBe("pw\n");
  streams.stderr.write("\nM!\n");
  await nextTurn();
  expect(seen).toEqual(["started"]);
});

test("the password is not written when sudo does not ask", async () => {
  const { streams, seen } = program("pw");
  streams.stderr.write("M!\nM? is what the program prints now\n");
  await nextTurn();
  expect(streams.stdin.read()).toBeNull();
  expect(seen).toEqual(["started", "err M? is what the program prints now\n"]);
});

test("a second question means that the password was wrong", async () => {
  const { streams, preamble, seen } = program("pw");
  streams.stderr.write("M?");
  streams.stderr.write("Sorry, try again.\nM?");
  await nextTurn();
  await nextTurn();
  expect(seen).toEqual(["refused"]);
  expect(preamble.complaint).toBe("Sorry, try again.");
});

test("a question without a password to answer is a refusal", async () => {
  const { streams, seen } = program();
  streams.stderr.write("M?");
  await nextTurn();
  expect(seen).toEqual(["refused"]);
});

test("markers differ", () => {
  expect(randomMarker()).toMatch(/^gantry-[0-9a-f]{24}$/);
  expect(randomMarker()).not.toBe(randomMarker());
});
