import { expect, test } from "vitest";
import { ok } from "../../domain/result.ts";
import { renderTemplate, type TemplateNames } from "./templates.ts";
import { Float, type Value } from "./values.ts";

const variables: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["user", "joe"],
  ["port", 22],
  ["ratio", new Float(1.5)],
  ["list", ["a", "b"]],
  ["map", new Map([["key", "value"]])],
  ["none", null],
]);

const names: TemplateNames = {
  env: { TOKEN: "t0ken" },
  variable: (name) => {
    const value = variables.get(name);
    return value === undefined ? undefined : ok(value);
  },
};

test.each<[string, Value]>([
  ["{{ user }}", "joe"],
  ["{{port}}", 22],
  ["{{ user }}@host:{{ port }}", "joe@host:22"],
  ["{{ ratio }}x", "1.5x"],
  ["{{ map.key }}", "value"],
  ["{{ map['key'] }}", "value"],
  ["{{ list[1] }}", "b"],
  ["{{ lookup('env', 'TOKEN') }}", "t0ken"],
  ['{{ lookup("ansible.builtin.env", "NOPE") | default("x", true) }}', "x"],
  ["{{ nope | default('y') }}", "y"],
  ["{{ 'text' }}", "text"],
  ["a {{ '}}' }} b", "a }} b"],
])("%s is %j", (text, expected) => {
  expect(renderTemplate(text, names)).toEqual({ ok: true, value: expected });
});

test.each([
  ["{{ nope }}", "undefined"],
  ["{{ map.nope }}", "undefined"],
  ["{{ user | upper }}", "template"],
  ["{% if user %}x{% endif %}", "template"],
  ["{{ user", "template"],
  ["x{{ list }}", "not-text"],
])("%s has no value: %s", (text, problem) => {
  expect(renderTemplate(text, names)).toEqual({ ok: false, failure: problem });
});
