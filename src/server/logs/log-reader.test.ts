import { beforeAll, expect, test } from "vitest";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { readLines } from "./log-lines.ts";
import { searchLog, type LogSearch } from "./log-search.ts";
import { addRun } from "./run.fixture.ts";
import { openWriter, storedLog, storeLogInPieces } from "./writer.fixture.ts";

let db: Database;
beforeAll(async () => {
  ({ db } = await openTestDatabase());
});

async function logOf(pieces: readonly (string | Buffer)[], ended = true): Promise<number> {
  const { run } = await addRun(db);
  await storeLogInPieces(
    db,
    run,
    pieces.map((piece) => Buffer.from(piece)),
    ended,
  );
  return run;
}

const search = (run: number, q: string, more: Partial<LogSearch> = {}) =>
  searchLog(db, run, { q, from: 0, limit: 1000, kind: "text", ...more });

/** The same numbers each time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Lines of all kinds, cut into chunks anywhere, also within characters and line ends. */
function randomLog(seed: number): { text: string; pieces: Buffer[] } {
  const random = randomNumbers(seed);
  const words = [
    "Deploy",
    "deploy ok",
    "发布",
    "失败了",
    "É",
    "é",
    "",
    " ",
    "\t",
    "a".repeat(50),
    "\u001B[31mred\u001B[0m",
    "😀",
  ];
  let text = "";
  for (let line = random(60); line >= 0; line--) {
    for (let word = random(6); word > 0; word--) text += words[random(words.length)];
    text += ["\n", "\r\n", "\n", "\n\n", ""][random(line === 0 ? 5 : 4)];
  }
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + random(random(3) === 0 ? 4 : 120);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { text, pieces };
}

/** Lines with their bytes, as plain code finds them in the whole text. */
function naiveLines(text: string): readonly { readonly text: string; readonly byte: number; readonly line: number }[] {
  const parts = text.split("\n");
  if (parts.at(-1) === "") parts.pop();
  let byte = 0;
  return parts.map((part, line) => {
    const start = byte;
    byte += Buffer.byteLength(part) + 1;
    return { text: part.replace(/\r$/, ""), byte: start, line };
  });
}

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  "any bytes, lines and matches of a log can be read (%i)",
  async (seed) => {
    const { text, pieces } = randomLog(seed);
    const ended = seed % 2 === 0;
    const run = await logOf(pieces, ended);
    const bytes = Buffer.from(text);
    const lines = naiveLines(text);
    const random = randomNumbers(seed + 100);

    for (let tries = 0; tries < 5; tries++) {
      const [from, limit] = [random(bytes.length + 2), random(bytes.length + 2)];
      expect((await storedLog(db, run, from, limit)).equals(bytes.subarray(from, from + limit))).toBe(true);
    }
    const totalLines = ended || text.endsWith("\n") ? lines.length : lines.length - 1;
    for (const line of [
      0,
      1,
      lines.length - 1,
      lines.length,
      lines.length + 7,
      random(lines.length + 1),
      -1,
      -3,
      -1000,
    ]) {
      const first = line < 0 ? Math.max(0, lines.length + line) : Math.min(line, lines.length);
      const limit = 1 + random(10);
      const page = await readLines(db, run, line, limit);
      expect({ line, limit, ...page, times: page?.times.length }).toEqual({
        line,
        limit,
        firstLine: first,
        firstByte: lines[first]?.byte ?? bytes.length,
        lines: lines.slice(first, first + limit).map((each) => each.text),
        times: Math.min(limit, lines.length - first),
        totalLines,
        totalBytes: bytes.length,
      });
    }
    for (const q of ["deploy", "OK", "发布", "É", "é", "布失", "a".repeat(49), "not there", "😀", "(", "\t"]) {
      const found = lines.flatMap((each) => {
        const at = each.text.toLowerCase().indexOf(q.toLowerCase());
        return at === -1
          ? []
          : [{ line: each.line, byte: each.byte + Buffer.byteLength(each.text.slice(0, at)), text: each.text }];
      });
      expect(await search(run, q)).toEqual({ matches: found, next: null });
      const paged = [];
      for (let from: number | null = 0; from !== null;) {
        const { matches, next } = await search(run, q, { from, limit: 2 });
        paged.push(...matches);
        from = next;
      }
      expect(paged).toEqual(found);
    }
  },
);

test("a line that is still being written is shown, and counted when the run has ended", async () => {
  const { run } = await addRun(db);
  await storeLogInPieces(db, run, [Buffer.from("one\ntw")], false);
  expect(await readLines(db, run, -2, 10)).toMatchObject({ firstLine: 0, lines: ["one", "tw"], totalLines: 1 });
  await (await openWriter({ db, run })).end();
  expect(await readLines(db, run, -1, 10)).toMatchObject({ firstLine: 1, firstByte: 4, lines: ["tw"], totalLines: 2 });
});

test("each line has the time at which it was stored", async () => {
  const { run } = await addRun(db);
  let minute = 0;
  const writer = await openWriter({ db, run, at: () => new Date(Date.UTC(2026, 10, 23, 10, minute++)) });
  for (const [offset, text] of [
    [0, "a\nb"],
    [3, "b\n"],
    [5, "c\n"],
  ] as const) {
    await writer.write({ kind: "log", offset, bytes: Buffer.from(text) });
    await writer.flush();
  }
  const page = await readLines(db, run, 0, 10);
  expect(page?.times.map((time) => new Date(time).getUTCMinutes())).toEqual([0, 0, 2]);
});

test("an empty log and a run that is not there", async () => {
  const { run } = await addRun(db);
  expect(await readLines(db, run, -500, 500)).toEqual({
    firstLine: 0,
    firstByte: 0,
    lines: [],
    times: [],
    totalLines: 0,
    totalBytes: 0,
  });
  expect(await search(run, "x")).toEqual({ matches: [], next: null });
  expect(await readLines(db, run + 1000, 0, 1)).toBeUndefined();
});

test("a line of 100 MB is shown by its beginning, and costs no more than that", async () => {
  const size = 100 * 2 ** 20;
  const huge = Buffer.alloc(size, "0123456789abcdef");
  huge.write("needle in the midst", size / 2);
  const run = await logOf([Buffer.concat([Buffer.from("first\n"), huge, Buffer.from("\nfailed: last\n")])]);
  const page = await readLines(db, run, 0, 3);
  expect(page?.lines.map((line) => line.length)).toEqual([5, 64 * 1024 + 16, 12]);
  expect(page?.lines[1]?.slice(-20)).toBe(`cdef …[+${size - 64 * 1024} B]`);
  expect(await readLines(db, run, -1, 500)).toMatchObject({ lines: ["failed: last"], firstByte: size + 7 });
  const { matches } = await search(run, "Needle");
  expect(matches).toMatchObject([{ line: 1, byte: 6 + size / 2 }]);
  expect(matches[0]?.text.length).toBeLessThan(1100);
  expect(matches[0]?.text).toMatch(/^… .*needle in the midst.* …$/);
  expect((await search(run, "", { kind: "error" })).matches).toMatchObject([{ line: 2, text: "failed: last" }]);
}, 60_000);

test("a cut line ends with a whole character", async () => {
  const run = await logOf([`ab${"发布".repeat(20_000)}\n`]);
  const [line] = (await readLines(db, run, 0, 1))?.lines ?? [];
  expect(line).toMatch(/^ab(发布)+发? …\[\+\d+ B\]$/);
});

test("a page of very long lines has fewer of them: the first ones, or the last ones when counted from the end", async () => {
  const lines = Array.from({ length: 200 }, (_, index) => `${index} ${"x".repeat(60_000)}\n`);
  const run = await logOf([lines.join("")]);
  const forward = await readLines(db, run, 10, 150);
  expect(forward?.firstLine).toBe(10);
  expect(forward?.lines.length).toBeLessThan(80);
  const backward = await readLines(db, run, -150, 150);
  expect(backward?.lines.at(-1)).toMatch(/^199 x/);
  expect(backward?.lines[0]).toMatch(new RegExp(`^${backward?.firstLine} x`));
  expect(backward?.firstByte).toBe(Buffer.byteLength(lines.slice(0, backward?.firstLine).join("")));
});

test("bytes that are no UTF-8 do not move what is found after them", async () => {
  const run = await logOf([Buffer.from([0xb7, 0xa2, 0xff, 0x0a, 0xe5, 0x20]), "Found\n"]);
  expect(await search(run, "found")).toMatchObject({ matches: [{ line: 1, byte: 6 }] });
});

test("a chunk that looks as if it were compressed comes back as it was", async () => {
  const bytes = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]);
  expect(await storedLog(db, await logOf([bytes]))).toEqual(bytes);
});
