import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { RunEvent } from "../../engine/events.ts";
import { checkLogFolder, openLiveJournal, openLogFiles } from "./log-files.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "gantry-log-"));
const step = { kind: "pull" as const, number: 2, of: 4, title: "" };
const base = { v: 1 as const, seq: 1, at: "2026-11-23T10:10:10.000Z" };

it("keeps a log and a journal beside it, in a folder that is made if need be", () => {
  const place = join(folder(), "a", "b");
  const files = openLogFiles(place, "demo");
  if (!files.ok) throw new Error(files.failure.detail);
  files.value.log.write("PLAY [demo1] ***\n");
  files.value.record({ ...base, type: "step-started", host: "lab1", step });
  files.value.close();
  expect(readFileSync(join(place, "pl_deploy_docker.log.demo"), "utf8")).toBe("PLAY [demo1] ***\n");
  const journal = readFileSync(join(place, "pl_deploy_docker.log.demo.ndjson"), "utf8");
  expect(JSON.parse(journal)).toMatchObject({ type: "step-started", host: "lab1" });
});

it("leaves signs of life out of the journal", () => {
  const place = folder();
  const files = openLogFiles(place, "demo");
  if (!files.ok) throw new Error(files.failure.detail);
  const progress: RunEvent = { ...base, type: "step-progress", host: "lab1", step, current: 1, total: 2 };
  files.value.record(progress);
  files.value.close();
  expect(readFileSync(join(place, "pl_deploy_docker.log.demo.ndjson"), "utf8")).toBe("");
});

it("keeps signs of life in a live journal, thinned out, behind what is there already", () => {
  const path = join(folder(), "journal.ndjson");
  writeFileSync(path, "{}\n");
  const journal = openLiveJournal(path);
  if (!journal.ok) throw new Error(journal.failure.detail);
  for (let seq = 1; seq <= 50; seq++)
    journal.value.record({ ...base, seq, type: "step-progress", host: "lab1", step, current: seq, total: 50 });
  journal.value.record({ ...base, seq: 51, type: "step-started", host: "lab1", step });
  journal.value.close();
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { seq?: number }).seq)).toEqual([undefined, 1, 2, 51]);
});

it("says why a live journal cannot be kept there, and makes no folder for it", () => {
  const place = folder();
  for (const path of [place, "/dev/null", join(place, "none", "journal.ndjson")]) {
    expect(openLiveJournal(path)).toMatchObject({ ok: false, failure: { path } });
  }
  expect(existsSync(join(place, "none"))).toBe(false);
});

it("appends to the log of an earlier run of the same name", () => {
  const place = folder();
  for (const text of ["one\n", "two\n"]) {
    const files = openLogFiles(place, "demo");
    if (!files.ok) throw new Error(files.failure.detail);
    files.value.log.write(text);
    files.value.close();
  }
  expect(readFileSync(join(place, "pl_deploy_docker.log.demo"), "utf8")).toBe("one\ntwo\n");
});

it("says why it cannot be written", () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  expect(openLogFiles(join(file, "logs"), "demo").ok).toBe(false);
  expect(checkLogFolder(join(file, "logs"))).toMatch(/ENOTDIR|EEXIST/);
  expect(checkLogFolder(folder())).toBeUndefined();
});
