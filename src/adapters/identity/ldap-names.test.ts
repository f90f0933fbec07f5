import { describe, expect, test } from "vitest";
import { escapeDnValue, escapeFilterValue, fillTemplate, sameDn } from "./ldap-names.ts";

describe("a value inside a search filter", () => {
  test.each([
    ["*)(uid=*", String.raw`\2a\29\28uid=\2a`],
    [String.raw`a\2a`, String.raw`a\5c2a`],
    ["a\u0000b", String.raw`a\00b`],
    ["王芳", "王芳"],
  ])("%j cannot change the filter", (typed, escaped) => {
    expect(escapeFilterValue(typed)).toBe(escaped);
  });
});

describe("a value inside a distinguished name", () => {
  test.each([
    ["x,ou=admins", String.raw`x\,ou\=admins`],
    [" #a ", String.raw`\ #a\ `],
    ["#a", String.raw`\#a`],
    [String.raw`a\b"+;<>`, String.raw`a\\b\"\+\;\<\>`],
    ["wang", "wang"],
  ])("%j cannot change the name", (typed, escaped) => {
    expect(escapeDnValue(typed)).toBe(escaped);
  });
});

test("a template is filled once: what a value brings in is not filled again", () => {
  const values = { name: "{dn}", dn: "uid=x" };
  expect(fillTemplate("(|(a={name})(b={dn})(c={other}))", values, (text) => text)).toBe(
    "(|(a={dn})(b=uid=x)(c={other}))",
  );
});

test("a distinguished name is the same in other spellings, and not the same when a part differs", () => {
  expect(sameDn("CN=Ops, OU=Groups,dc=example", "cn=ops,ou=groups,dc=example")).toBe(true);
  expect(sameDn("cn=ops,ou=groups,dc=example", "cn=ops2,ou=groups,dc=example")).toBe(false);
});
