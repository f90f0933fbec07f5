import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, inject, test } from "vitest";

const MANTINE_CLASS = /\bm_[0-9a-f]{6,8}\b/gu;

async function classesIn(extension: string): Promise<Set<string>> {
  const folder = join(inject("pages"), "assets");
  const files = (await readdir(folder)).filter((file) => file.endsWith(extension));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return new Set(texts.flatMap((text) => text.match(MANTINE_CLASS) ?? []));
}

test("every Mantine component that pages use has its styles in mantine.css", async () => {
  const styled = new Set(
    (await readFile(createRequire(import.meta.url).resolve("@mantine/core/styles.css"), "utf8")).match(MANTINE_CLASS),
  );
  const [used, there] = await Promise.all([classesIn(".js"), classesIn(".css")]);
  const missing = [...used].filter((name) => styled.has(name) && !there.has(name));
  expect(used.size).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
