import { expect, test } from "vitest";
import { planImport, type ImportWorld } from "./import-plan.ts";
import { readImport } from "./import-rows.ts";

const wang = {
  id: 7,
  name: "Wang",
  displayName: "Wang Fang",
  email: "",
  role: "submitter",
  groups: ["ops"],
  active: true,
};
const world: ImportWorld = {
  accounts: new Map([
    ["wang", wang],
    ["admin", { ...wang, id: 1, name: "admin", role: "administrator", groups: [] }],
  ]),
  roles: new Set(["administrator", "submitter", "auditor"]),
  groups: new Map([
    ["ops", "ops"],
    ["dev", "Dev"],
  ]),
  createGroups: false,
  caller: 1,
};

function plan(csv: string, more: Partial<ImportWorld> = {}) {
  const file = readImport(csv);
  if (!file.ok) throw new Error(file.failure.message);
  return planImport(file.value, { ...world, ...more });
}
const problemsOf = (csv: string, more: Partial<ImportWorld> = {}) =>
  plan(csv, more).rows.flatMap(({ problems }) => problems.map(({ field, rule }) => `${field} ${rule}`));

test("an account that is there is found by its name in any case, and keeps what has no column", () => {
  const [row] = plan("name,email\nWANG,wang@example.org\n").rows;
  expect(row).toMatchObject({ outcome: "changed", changes: ["email"], id: 7 });
  expect(row?.account).toEqual({
    name: "Wang",
    displayName: "Wang Fang",
    email: "wang@example.org",
    role: "submitter",
    groups: ["ops"],
    active: true,
  });
});

test("what would change nothing is unchanged, in whatever order and case the groups are named", () => {
  expect(plan("name,role,groups,active\nwang,submitter, OPS ;ops,yes\n").rows[0]?.outcome).toBe("unchanged");
});

test("an empty column of groups takes an account out of them", () => {
  expect(plan("name,groups\nwang,\n").rows[0]).toMatchObject({ changes: ["groups"], account: { groups: [] } });
});

test("a new account is active, and needs a role", () => {
  expect(plan("name,role,groups\nzhao,auditor,dev;ops\n").rows[0]).toMatchObject({
    outcome: "created",
    account: { name: "zhao", role: "auditor", groups: ["Dev", "ops"], active: true },
  });
  expect(problemsOf("name\nzhao\n")).toEqual(["role required"]);
});

test.each([
  ["name,role\n,submitter\n", "name name-form"],
  ["name,role\nzhao li,submitter\n", "name name-form"],
  ["name,role,email\nzhao,submitter,nowhere\n", "email format"],
  ["name,role\nzhao,boss\n", "role unknown"],
  ["name,role,groups\nzhao,submitter,nobody\n", "groups unknown"],
  ["name,role,active\nzhao,submitter,perhaps\n", "active format"],
  ["name,role\nzhao,submitter\nZHAO,submitter\n", "name double"],
  ["name,role\nadmin,submitter\n", "role own-account"],
  ["name,active\nadmin,false\n", "role own-account"],
  ["name,role\nzhao,submitter,more\n", "row columns"],
])("%j has a problem: %s", (csv, problem) => {
  expect(problemsOf(csv)).toEqual([problem]);
});

test("a group that is not there is made once, where that is asked for", () => {
  const { rows, newGroups } = plan("name,role,groups\nzhao,submitter,New\nli,submitter,new;ops\n", {
    createGroups: true,
  });
  expect(newGroups).toEqual(["New"]);
  expect(rows.map(({ account }) => account.groups)).toEqual([["New"], ["New", "ops"]]);
});
