import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadInventory } from "../../src/adapters/inventory/load-inventory.ts";
import { AnsibleDesk, TestRoom } from "../fixtures/inventory/ansible.ts";
import { corpusFolder } from "../fixtures/inventory/corpus.ts";

const folder = join(corpusFolder, "broken");
let room: TestRoom;
let ansible: AnsibleDesk;

beforeAll(() => {
  room = new TestRoom();
  ansible = new AnsibleDesk(room.desk(), 2);
});

afterAll(() => {
  ansible.close();
  room.remove();
});

/** The problems of an inventory, as `file:line:column reason what`. */
async function problemsOf(path: string): Promise<string[]> {
  const loaded = await loadInventory({ ...room.desk(), sources: [path], reader: "builtin" });
  if (loaded.ok) return [];
  return loaded.failure.map((problem) => {
    const line = "line" in problem ? `:${problem.line}` : "";
    const column = "column" in problem ? `:${problem.column}` : "";
    const kind = "problem" in problem ? ` ${problem.problem}` : "";
    const file = "file" in problem ? basename(problem.file ?? "") : "";
    return `${file}${line}${column} ${problem.reason}${kind}`;
  });
}

const expected: Readonly<Record<string, readonly string[]>> = {
  "alias.yml": ["alias.yml:3:12 inventory-yaml alias", "alias.yml:4:25 inventory-yaml alias"],
  "assignment.ini": [
    "assignment.ini:2 inventory-assignment",
    "assignment.ini:3 inventory-assignment",
    "assignment.ini:3 inventory-assignment",
    "assignment.ini:5 inventory-assignment",
  ],
  "documents.yml": ["documents.yml:2:1 inventory-yaml documents"],
  guess: ["guess:2:3 inventory-structure"],
  "host-vars.yml": ["host-vars.yml:3:5 inventory-structure"],
  "json.json": ["json.json:1:26 inventory-yaml syntax"],
  "literal.ini": ["literal.ini:2 inventory-literal unhashable", "literal.ini:4 inventory-literal unhashable"],
  "loop.ini": ["loop.ini:6 inventory-loop"],
  "loop.yml": ["loop.yml:3:5 inventory-loop"],
  "names.ini": [
    "names.ini:2 inventory-name colon",
    "names.ini:3 inventory-name empty",
    "names.ini:5 inventory-group-name",
  ],
  "names.yml": [
    "names.yml:1:1 inventory-name not-text",
    "names.yml:4:11 inventory-name not-text",
    "names.yml:4:16 inventory-range form",
  ],
  "priority.ini": ["priority.ini:4 inventory-priority"],
  "quoting.ini": ["quoting.ini:1 inventory-quoting quote", "quoting.ini:2 inventory-quoting backslash"],
  "range.ini": [
    "range.ini:1 inventory-range form",
    "range.ini:2 inventory-range form",
    "range.ini:3 inventory-range width",
    "range.ini:4 inventory-range order",
    "range.ini:5 inventory-range no-end",
    "range.ini:6 inventory-range not-a-number",
    "range.ini:7 inventory-range zero-step",
    "range.ini:8 inventory-range form",
    "range.ini:9 inventory-range form",
  ],
  "section-kind.ini": ["section-kind.ini:1 inventory-section-kind", "section-kind.ini:5 inventory-section-kind"],
  "section.ini": [
    "section.ini:1 inventory-section",
    "section.ini:3 inventory-section",
    "section.ini:5 inventory-section",
  ],
  "self.ini": ["self.ini:2 inventory-loop"],
  "shape.yml": [
    "shape.yml:2:3 inventory-structure",
    "shape.yml:4:3 inventory-structure",
    "shape.yml:7:5 inventory-structure",
  ],
  "syntax.yml": ["syntax.yml:3:9 inventory-yaml syntax"],
  "tab.yml": ["tab.yml:2:1 inventory-yaml tab"],
  "tags.yml": [
    "tags.yml:3:17 inventory-yaml tag",
    "tags.yml:3:23 inventory-yaml date",
    "tags.yml:3:39 inventory-yaml key",
  ],
  "template.yml": ["template.yml:4:11 inventory-yaml template"],
  "top.yml": ["top.yml:1 inventory-structure"],
  "undefined.ini": ["undefined.ini:3 inventory-undefined-group", "undefined.ini:8 inventory-undefined-group"],
  "yaml-in-ini.ini": ["yaml-in-ini.ini:1 inventory-name yaml-marker", "yaml-in-ini.ini:2 inventory-name colon"],
};

describe("what Ansible cannot read is refused, with every problem at its line", () => {
  test.each(readdirSync(folder))("%s", async (name) => {
    const path = join(folder, name);
    const { stderr, code } = await ansible.ask(["ansible-inventory", "-i", path, "--list"]);
    expect(code !== 0 || stderr.includes("Unable to parse")).toBe(true);
    expect(await problemsOf(path)).toEqual(expected[name]);
  });

  test("group_vars and host_vars", async () => {
    const path = join(corpusFolder, "broken-vars/inventory.ini");
    expect((await ansible.ask(["ansible-inventory", "-i", path, "--list"])).code).not.toBe(0);
    expect(await problemsOf(path)).toEqual([
      "web.yml:2:1 inventory-yaml syntax",
      "w1.yml:2:6 inventory-yaml syntax",
      "db.yml inventory-variables-file",
    ]);
  });
});
