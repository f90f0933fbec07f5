import { expect, test } from "vitest";
import { attempt, folderFailure, inFolder } from "./postgres-failure.ts";

test.each([
  "ENOSPC: no space left on device, copyfile 'a' -> 'b'",
  'initdb: error: could not write file "/data/postgres/data.new-1/postgresql.conf": No space left on device',
  'FATAL:  could not extend file "base/5/2840": Disk quota exceeded',
])("a full disk is told apart: %s", (detail) => {
  expect(folderFailure("/data", detail)).toEqual({ reason: "disk-full", folder: "/data", detail });
});

test("what the system refuses is a failure that names the folder", async () => {
  const refused = Object.assign(new Error("EROFS: read-only file system, mkdir '/data/postgres'"), { code: "EROFS" });
  const result = await attempt(() =>
    inFolder("/data", () => {
      throw refused;
    }),
  );
  expect(result).toEqual({
    ok: false,
    failure: { reason: "folder-unusable", folder: "/data", detail: refused.message },
  });
});

test("a bug stays a bug", async () => {
  const bug = new TypeError("undefined is not a function");
  const work = attempt(() =>
    inFolder("/data", () => {
      throw bug;
    }),
  );
  await expect(work).rejects.toBe(bug);
});
