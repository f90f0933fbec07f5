import { describe, expect, it } from "vitest";
import { dependenciesOf, orderVariables, variablesToRefresh, type CascadeVariable } from "./cascade.ts";

function variables(parents: Readonly<Record<string, readonly string[]>>): readonly CascadeVariable[] {
  return Object.entries(parents).map(([name, names]) => ({ name, parents: names }));
}

describe("the names in a variable's source", () => {
  it.each([
    ["var_images_tags_id -p {project} -e {env} -k {project}", ["project", "env"]],
    ["shell: echo ${HOME} {a} # {b}", ["a"]],
    ["echo '{\"a\":1}' {{b}}", []],
    ["{project}", ["project"]],
    ["prefix-{a}", ["a"]],
    ["echo '{a}", ["a"]],
    ["", []],
  ])("%s are %j", (source, names) => {
    expect(dependenciesOf(source)).toEqual(names);
  });
});

describe("variables are fetched", () => {
  it("parents first, else in the order of the form", () => {
    const some = variables({ tag: ["project", "env"], env: [], project: ["env"], note: [] });
    expect(orderVariables(some)).toEqual({ ok: true, value: ["env", "project", "tag", "note"] });
  });

  it("with what has its value already", () => {
    expect(orderVariables(variables({ a: ["sk__env"] }), new Set(["sk__env"]))).toEqual({ ok: true, value: ["a"] });
  });

  it("not when parents are unknown or need each other; each is named", () => {
    const some = variables({ a: ["b"], b: ["c", "projct"], c: ["a"], project: [], d: ["d"], e: ["a"] });
    expect(orderVariables(some)).toEqual({
      ok: false,
      failure: [
        { reason: "unknown-parent", name: "b", parent: "projct", near: ["project"] },
        { reason: "cycle", names: ["a", "b", "c", "a"] },
        { reason: "cycle", names: ["d", "d"] },
      ],
    });
  });

  it("again when one changes that they depend on, also through others", () => {
    const some = variables({ tag: ["project"], host: ["tag", "env"], project: ["env"], env: [], note: [] });
    expect(variablesToRefresh(some, "env")).toEqual(["project", "tag", "host"]);
    expect(variablesToRefresh(some, "tag")).toEqual(["host"]);
    expect(variablesToRefresh(some, "note")).toEqual([]);
    expect(variablesToRefresh(some, "unknown")).toEqual([]);
  });
});
