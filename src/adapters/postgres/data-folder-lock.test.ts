import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DataFolderLock, lockDataFolder } from "./data-folder-lock.ts";

let base: string;
let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  base = mkdtempSync("/tmp/gt-");
  folder = join(base, "some", "data");
  child = undefined;
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(base, { recursive: true, force: true });
});

function locked(): DataFolderLock {
  const result = lockDataFolder(folder);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** What another process is told that tries to lock the folder; it stays alive. */
async function otherConsole(): Promise<unknown> {
  const program = `
    import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, "data-folder-lock.ts"))};
    console.log(JSON.stringify(lockDataFolder(${JSON.stringify(folder)})));
    setInterval(() => {}, 1000);`;
  child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [answer] = await once(child.stdout ?? child, "data");
  return JSON.parse(String(answer));
}

test("makes the folder and has it until released", () => {
  const lock = locked();
  expect(lock.folder).toBe(realpathSync(folder));
  expect(
    readdirSync(folder).toSorted((a, b) => a.localeCompare(b)),
    "no journal",
  ).toEqual(["console.json", "console.lock"]);
  expect(lockDataFolder(folder).ok).toBe(false);
  lock.release();
  lock.release();
  expect(existsSync(join(folder, "console.json"))).toBe(false);
  locked().release();
});

test("a second console is told who has the folder, and since when", async () => {
  const before = Date.now();
  const lock = locked();
  const answer = await otherConsole();
  const holder = { pid: process.pid, machine: hostname(), since: expect.any(String) };
  expect(answer).toEqual({ ok: false, failure: { reason: "data-folder-taken", folder: lock.folder, holder } });
  const { failure } = answer as { failure: { holder: { since: string } } };
  expect(Date.parse(failure.holder.since)).toBeGreaterThanOrEqual(before - 1);
  expect(Date.parse(failure.holder.since)).toBeLessThanOrEqual(Date.now());
  lock.release();
});

test("one's own failed attempt does not give the folder to others", async () => {
  const lock = locked();
  expect(lockDataFolder(folder).ok).toBe(false);
  expect(await otherConsole()).toMatchObject({ ok: false });
  lock.release();
});

test("a console that was killed with kill -9 has the folder no more", async () => {
  expect(await otherConsole()).toMatchObject({ ok: true });
  expect(lockDataFolder(folder)).toMatchObject({ ok: false, failure: { holder: { pid: child?.pid } } });
  child?.kill("SIGKILL");
  if (child !== undefined) await once(child, "exit");
  locked().release();
});

test("folders that it makes are closed to others, but root's let the database's user pass", () => {
  locked().release();
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  for (const made of [folder, join(folder, "..")]) expect(statSync(made).mode & 0o777).toBe(mode);
});

test("says why a folder cannot be used", () => {
  writeFileSync(join(base, "some"), "a file");
  expect(lockDataFolder(folder)).toEqual({
    ok: false,
    failure: { reason: "data-folder-unusable", folder, detail: expect.stringContaining("ENOTDIR") },
  });
});
