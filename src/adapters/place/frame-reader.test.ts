import { expect, test } from "vitest";
import { FrameReader } from "./frame-reader.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

function reader(from = { log: 0, journal: 0 }): FrameReader {
  const frames = new FrameReader(from);
  frames.begin("mark");
  expect(frames.answered).toBe(false);
  expect(frames.read("mark begin base64 ;")).toBeUndefined();
  expect(frames.answered).toBe(true);
  return frames;
}

test("lines become frames, and the reader knows how far it has come", () => {
  const frames = reader({ log: 10, journal: 5 });
  expect(frames.read(`mark log 10 ${base64("abc")} ;`)).toEqual({ kind: "log", offset: 10, bytes: Buffer.from("abc") });
  expect(frames.read(`mark journal 5 ${base64("{}\n{")} ;`)).toEqual({
    kind: "journal",
    offset: 5,
    bytes: Buffer.from("{}\n"),
  });
  expect(frames.position()).toEqual({ log: 13, journal: 9 });
  expect(frames.read("mark alive ;")).toBeUndefined();
  expect(frames.read("mark cut ;")).toEqual({ kind: "cut" });
  expect(frames.read("mark lost ;")).toEqual({ kind: "lost" });
  const record = { results: [], timedOut: false, stopped: true };
  expect(frames.read(`mark exit ${base64(`${JSON.stringify(record)}   \n`)} ;`)).toEqual({ kind: "exit", ...record });
});

test("hexadecimal bytes are read where the place knows no base64", () => {
  const frames = new FrameReader({ log: 0, journal: 0 });
  frames.begin("mark");
  frames.read("mark begin hex ;");
  expect(frames.read("mark log 0 00ff0a ;")).toEqual({ kind: "log", offset: 0, bytes: Buffer.from([0, 255, 10]) });
  expect(frames.read("mark log 3 0 ;")).toBe("broken");
});

test("what a login shell prints is left out, and so is a line that was cut off", () => {
  const frames = reader();
  for (const line of ["", "Welcome!", "markx lost ;", "mark lost", "mark exit e30", `mark log 0 ${base64("abc")}`]) {
    expect(frames.read(line)).toBeUndefined();
  }
  expect(frames.position()).toEqual({ log: 0, journal: 0 });
});

test.each([
  `mark log 4 ${base64("abc")} ;`,
  "mark log 0 ;",
  "mark log 0 a ;",
  `mark journal 1 ${base64("{}\n")} ;`,
  "mark exit !!!! ;",
  "mark what ;",
])("what would leave a hole breaks the session: %s", (line) => {
  expect(reader().read(line)).toBe("broken");
});

test("a record that cannot be read is none", () => {
  expect(reader().read(`mark exit ${base64("{}")} ;`)).toEqual({ kind: "lost" });
});
