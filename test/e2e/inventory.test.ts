import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findHost } from "../../src/adapters/inventory/host-lookup.ts";
import type { Inventory } from "../../src/adapters/inventory/inventory.ts";
import { hostJson, listJson } from "../../src/adapters/inventory/inventory-json.ts";
import { type InventoryReader, loadInventory } from "../../src/adapters/inventory/load-inventory.ts";
import { AnsibleDesk, ansiblePath, runAnsible, TestRoom } from "../fixtures/inventory/ansible.ts";
import { corpus, type CorpusEntry, corpusFolder } from "../fixtures/inventory/corpus.ts";

const entries = corpus();
let room: TestRoom;
let shared: AnsibleDesk;

beforeAll(() => {
  room = new TestRoom();
  shared = new AnsibleDesk(room.desk(), 2);
});

afterAll(() => {
  shared.close();
  room.remove();
});

function deskOf(entry: CorpusEntry) {
  const folder = join(corpusFolder, entry.folder);
  const cwd = entry.cwd === undefined ? {} : { cwd: join(folder, entry.cwd) };
  return room.desk({ ...cwd, own: entry.own === true, env: entry.env ?? {} });
}

function sourcesOf(entry: CorpusEntry): string[] {
  const folder = join(corpusFolder, entry.folder);
  return entry.sources.map((source) => (source.includes(",") ? source : join(folder, source)));
}

async function read(entry: CorpusEntry, reader: InventoryReader): Promise<Inventory> {
  const loaded = await loadInventory({ ...deskOf(entry), sources: sourcesOf(entry), reader, cache: false });
  if (!loaded.ok) throw new Error(`cannot read ${entry.name}: ${JSON.stringify(loaded.failure)}`);
  return loaded.value;
}

function hostText(inventory: Inventory, name: string): string {
  const host = findHost(inventory, name);
  if (!host.ok) throw new Error(JSON.stringify(host.failure));
  return hostJson(host.value);
}

test("the corpus is large enough, and the Ansible to compare with is one whose output is known", async () => {
  expect(entries.length).toBeGreaterThanOrEqual(60);
  const { stdout } = await runAnsible(["ansible", "--version"], room.desk());
  expect(stdout, `the Ansible in ${ansiblePath()}`).toMatch(/^ansible \[core 2\.(?:19|[2-9]\d)\./);
});

describe("the builtin reader gives Ansible's own answers, byte for byte, for every group, host and variable of", () => {
  test.each(entries)("$name", async (entry) => {
    const isShared = entry.cwd === undefined && entry.env === undefined;
    const ansible = isShared ? shared : new AnsibleDesk(deskOf(entry), 1);
    const argv = ["ansible-inventory", ...sourcesOf(entry).flatMap((source) => ["-i", source])];
    const inventory = await read(entry, "builtin");
    // Of a large inventory, whose hosts are alike, the first hosts are enough.
    const hosts = [...inventory.hosts.keys()].filter((name) => !/[*[\],|:!&]| /.test(name)).slice(0, 12);
    const [list, ...answers] = await Promise.all([
      ansible.ask([...argv, "--list"]),
      ...hosts.map((name) => ansible.ask([...argv, `--host=${name}`])),
    ]);
    if (!isShared) ansible.close();
    expect(list.stderr).not.toMatch(/Unable to parse|ERROR/);
    expect(listJson(inventory)).toBe(list.stdout);
    expect(hosts.map((name) => hostText(inventory, name))).toEqual(answers.map(({ stdout }) => stdout));
  });
});

describe("the program ansible-inventory", () => {
  const sample = [
    "ini-literals",
    "yaml-scalars",
    "json-inventory",
    "vars-files",
    "cfg-hash-merge",
    "comma-list, with a file",
  ];

  test.each(sample)("says of %s what its code said above, and what the readers print", async (name) => {
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry === undefined) throw new Error(`no ${name} in the corpus`);
    const sources = sourcesOf(entry).flatMap((source) => ["-i", source]);
    const [program, byAnsible, builtin] = await Promise.all([
      runAnsible(["ansible-inventory", ...sources, "--list"], deskOf(entry)),
      read(entry, "ansible"),
      read(entry, "builtin"),
    ]);
    expect(byAnsible.reader).toBe("ansible");
    expect(listJson(byAnsible)).toBe(program.stdout);
    expect(listJson(builtin)).toBe(program.stdout);
    expect([...byAnsible.hosts.keys()]).toEqual([...builtin.hosts.keys()]);
    expect([...byAnsible.groups.values()]).toEqual([...builtin.groups.values()]);
  });
});
