import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Inventory } from "../../src/adapters/inventory/inventory.ts";
import { loadInventory } from "../../src/adapters/inventory/load-inventory.ts";
import { selectHosts } from "../../src/adapters/inventory/patterns.ts";
import { AnsibleDesk, TestRoom } from "../fixtures/inventory/ansible.ts";
import { corpusFolder } from "../fixtures/inventory/corpus.ts";

const hosts = join(corpusFolder, "patterns/hosts");
let room: TestRoom;
let ansible: AnsibleDesk;
let inventory: Inventory;

beforeAll(async () => {
  room = new TestRoom();
  ansible = new AnsibleDesk(room.desk(), 2);
  const loaded = await loadInventory({ ...room.desk(), sources: [hosts], reader: "builtin" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  inventory = loaded.value;
});

afterAll(() => {
  ansible.close();
  room.remove();
});

/** The hosts that `ansible PATTERN --list-hosts` prints, in its order. */
async function askAnsible(pattern: string): Promise<string[]> {
  const { stdout } = await ansible.ask(["ansible", "-i", hosts, pattern, "--list-hosts"]);
  const [, ...lines] = stdout.trimEnd().split("\n");
  return lines.map((line) => line.trim());
}

function select(pattern: string): readonly string[] {
  const selection = selectHosts(inventory, pattern);
  return selection.ok ? selection.value.hosts : [];
}

const ordered = [
  ...[
    "web",
    "front",
    "stage",
    "prod",
    "ungrouped",
    "lone",
    "empty",
    "网站",
    "主机1",
    "web01",
    "10.0.0.1",
    "2001:db8::1",
  ],
  ...[
    "web:db",
    "web,db",
    "db:web",
    "web , db",
    "web db",
    "web::db",
    "web01:web01",
    "web:web02",
    "front:stage",
    "stage:front",
  ],
  ...["web:&prod", "web:!prod", "web:&prod:!db01", "web:&prod:!web01", "web,&prod,!web03", "prod:!web01:!web03"],
  ...["!prod:web", "&prod:web", "web:&nope", "web:!nope", "nope:web", "web:nope", "web:!web[0]", "web:!web[0:1]"],
  ...[
    "web[0]",
    "web[-1]",
    "web[1:2]",
    "web[0:0]",
    "web[1:0]",
    "web[1:]",
    "web[1-2]",
    "web[3:9]",
    "web[4:2]",
    "web[-2:]",
  ],
  ...[
    "web[0]:db[0]",
    "web[0],db[-1]",
    "web[1:2]:&prod",
    "db:&web[1]",
    "web*[0]",
    "stage[0]",
    "lone[0]",
    "localhost[0]",
  ],
  ...[
    "web0*",
    "web0?",
    "web0[!1]",
    "we?",
    "w[e]b",
    "w[e]b01",
    "*.example.com",
    "app*",
    "APP*",
    "db0[12]",
    "[wd]*",
    "x-?",
  ],
  ...[
    "~web0[13]",
    "~.*b0[12]$",
    "~(web|db)01",
    "~^w",
    String.raw`~web\d{2}`,
    String.raw`~web\d+$:!web01`,
    "~(?i)WEB0[45]",
  ],
  ...["~app|lone", "~x-y", "~^(?P<a>w)eb0(?P=a)?1", "~.*1$", "~主机[12]", "~web,~db"],
  ...["localhost", "127.0.0.1", "::1", "localhost:web", "web:localhost", "localhost,127.0.0.1", "127.0.0.1,localhost"],
  ...["nope", "WEB01", "web.", "web[9:]", "lone[1:2]", "web:!web", "app.v1", "app.v*", "app.example.com"],
];

/** Groups two levels down come in another order each time that Ansible runs: their order cannot be compared. */
const unordered = ["all", "*", "all:!web", "!web", "all,localhost", "a*", "al*", "[!w]*:!网站", "all:&prod", "~."];

describe("a pattern selects the hosts that ansible --list-hosts lists, in the same order", () => {
  test.each(ordered)("%s", async (pattern) => {
    expect(select(pattern)).toEqual(await askAnsible(pattern));
  });
});

describe("a pattern over all groups selects the hosts that ansible --list-hosts lists", () => {
  test.each(unordered)("%s", async (pattern) => {
    expect(new Set(select(pattern))).toEqual(new Set(await askAnsible(pattern)));
  });
});

test("the order over all groups begins as Ansible's: ungrouped hosts, then the first level of groups", async () => {
  const first = ["lone", "web01", "web03", "db01", "10.0.0.1", "2001:db8::1", "主机1", "主机2"];
  expect(select("all").slice(0, first.length)).toEqual(first);
  expect((await askAnsible("all")).slice(0, first.length)).toEqual(first);
});

test.each(["web[9]", "web:web[-9]"])(
  "where Ansible finds no host at a position (%s), there is an error",
  async (pattern) => {
    expect(await askAnsible(pattern)).toEqual([]);
    expect(selectHosts(inventory, pattern)).toMatchObject({ ok: false, failure: { problem: "subscript" } });
  },
);

test.each(["", ",", ":", "~", "~["])(
  "a pattern that Ansible takes for all hosts by accident (%j) is refused",
  async (pattern) => {
    expect((await askAnsible(pattern)).length).toBeGreaterThan(10);
    expect(selectHosts(inventory, pattern)).toMatchObject({ ok: false, failure: { reason: "inventory-pattern" } });
  },
);
