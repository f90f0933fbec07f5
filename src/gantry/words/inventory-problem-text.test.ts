import { describe, expect, test } from "vitest";
import type { InventoryProblem } from "../../adapters/inventory/errors.ts";
import { InventoryGraph } from "../../adapters/inventory/graph.ts";
import { readIniInventory } from "../../adapters/inventory/ini-inventory.ts";
import { inventoryProblems as english } from "./en/inventory-problems.ts";
import { inventoryProblems as chinese } from "./zh/inventory-problems.ts";
import { inventorySamples } from "./inventory-problem-samples.fixture.ts";
import { factsOf } from "./problem-facts.fixture.ts";
import { inventoryProblemText } from "./problem-text.ts";

const all: readonly (readonly [string, InventoryProblem])[] = Object.entries(inventorySamples).flatMap(
  ([reason, problems]) => problems.map((problem, index) => [`${reason} ${index + 1}`, problem] as const),
);

/** What is there instead of a dictionary, and what only Ansible can read, have words of their own in each language. */
function translated(problem: InventoryProblem): object {
  if ("found" in problem) return { ...problem, found: "" };
  return problem.reason === "inventory-needs-ansible" ? { ...problem, kind: "" } : problem;
}

describe.each([
  ["English", english],
  ["Chinese", chinese],
] as const)("in %s", (language, words) => {
  test.each(all)("%s says everything that was seen, in one line", (_, problem) => {
    const text = inventoryProblemText(problem, words);
    for (const fact of factsOf(translated(problem))) expect(text).toContain(fact);
    expect(text).not.toMatch(/undefined|\n| {2}|\[object/);
    expect(text).toMatch(/(?:[.?。]|--list\.?)$/);
  });

  test.each(all)("%s is in that language", (_, problem) => {
    const own = /[\u4e00-\u9fff]/;
    if (language === "Chinese") expect(inventoryProblemText(problem, words)).toMatch(own);
    else expect(inventoryProblemText(problem, words)).not.toMatch(own);
  });
});

/** The problems of an INI inventory, one a line. */
function read(text: string, words = english): readonly string[] {
  const graph = new InventoryGraph({ hashBehaviour: "replace", forceValidGroupNames: false });
  return readIniInventory(text, "hosts", graph).map((problem) => inventoryProblemText(problem, words));
}

const ini = `[web]
web[01:100]
web1 ansible_user
db1 ansible_password=geheim x

[web:childen]
[weeb:vars]
port=1
`;

test("an inventory's problems read like a compiler's messages in English", () => {
  expect(read(ini)).toEqual([
    'hosts:2: "web[01:100]" is a range whose ends have different numbers of digits. Write it like web[1:9], web[01:12], web[0:10:2] or web[a:f].',
    'hosts:3: "ansible_user" behind a host is no variable. Write name=value without spaces around "=", and one host a line.',
    'hosts:4: a text (not shown, it may be a password) behind a host is no variable. Write name=value without spaces around "=", and one host a line.',
    'hosts:6: "[web:childen]" is no section. Did you mean [web:children]? Allowed: [web], [web:children], [web:vars].',
    'hosts:7: [weeb:vars] is there, but no group "weeb". Did you mean web? Add [weeb], or correct the name.',
  ]);
});

test("an inventory's problems read like a compiler's messages in Chinese", () => {
  expect(read(ini, chinese)).toEqual([
    'hosts:2: "web[01:100]" 的范围两端位数不同。正确的写法如 web[1:9]、web[01:12]、web[0:10:2] 或 web[a:f]。',
    'hosts:3: "ansible_user" 跟在主机后面, 但不是变量。请写成 name=value, "=" 两侧不留空格, 且每行只写一台主机。',
    'hosts:4: 某段内容 (可能是密码, 不显示) 跟在主机后面, 但不是变量。请写成 name=value, "=" 两侧不留空格, 且每行只写一台主机。',
    'hosts:6: "[web:childen]" 不是有效的段。是否想写 [web:children]? 允许: [web]、[web:children]、[web:vars]。',
    'hosts:7: 有 [weeb:vars], 却没有组 "weeb"。是否想写 web? 请添加 [weeb], 或改正名称。',
  ]);
});

test("what is only passed over is marked as a warning behind its place", () => {
  const problem: InventoryProblem = {
    reason: "inventory-unexpected-key",
    file: "hosts.yml",
    line: 3,
    column: 5,
    group: "web",
    key: "host",
    near: ["hosts"],
  };
  expect(inventoryProblemText(problem, english, "warning")).toBe(
    'hosts.yml:3:5: warning: "host" means nothing in the group "web", and Ansible passes over it. Did you mean hosts? Allowed: hosts, children, vars.',
  );
  expect(inventoryProblemText(problem, chinese, "warning")).toBe(
    'hosts.yml:3:5: 警告: "host" 在组 "web" 中不起作用, Ansible 会忽略它。是否想写 hosts? 允许: hosts、children、vars。',
  );
});

test("a pattern without a match names what is near, and the inventory that was searched", () => {
  const problem: InventoryProblem = {
    reason: "inventory-no-match",
    pattern: "demo:&prd",
    unmatched: [{ part: "&prd", near: ["prod"] }],
    hosts: 12,
    sources: ["/etc/ansible/hosts"],
  };
  expect(inventoryProblemText(problem, english)).toBe(
    'No host matches "demo:&prd". "&prd" matches no host and no group. Did you mean prod? The inventory (/etc/ansible/hosts) has 12 hosts: gantry inventory --list.',
  );
  expect(inventoryProblemText(problem, chinese)).toBe(
    '没有主机匹配 "demo:&prd"。"&prd" 不匹配任何主机或组。是否想写 prod? 主机清单 (/etc/ansible/hosts) 中有 12 台主机: gantry inventory --list。',
  );
});

test("a program's own words come in one line", () => {
  const failed: InventoryProblem = {
    reason: "inventory-program-failed",
    program: "ansible-inventory",
    exitCode: 4,
    detail: "[ERROR]: first\n  second.\n",
  };
  expect(inventoryProblemText(failed, english)).toBe(
    "ansible-inventory failed (exit code 4): [ERROR]: first second. Correct that, or use --reader builtin.",
  );
});
