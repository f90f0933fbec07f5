import { expect, test } from "vitest";
import { parseChallenges } from "./challenge.ts";

function read(header: string) {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

test("a registry's Bearer challenge is read, commas inside quotes included", () => {
  const header = 'Bearer realm="https://auth.io/token",service="reg.io",scope="repository:a/b:pull,push"';
  expect(read(header)).toEqual([
    ["bearer", { realm: "https://auth.io/token", service: "reg.io", scope: "repository:a/b:pull,push" }],
  ]);
});

test("several challenges in one header are told apart", () => {
  expect(read('Negotiate, Basic realm="x", BEARER Realm = "y" , error=invalid_token')).toEqual([
    ["negotiate", {}],
    ["basic", { realm: "x" }],
    ["bearer", { realm: "y", error: "invalid_token" }],
  ]);
});

test("a quoted value may hold escaped quotes", () => {
  expect(read(String.raw`Basic realm="a \"b\" \\c"`)).toEqual([["basic", { realm: 'a "b" \\c' }]]);
});

test("what cannot be read does not hide what follows", () => {
  expect(read('Negotiate YWJj==, Basic realm="x"')).toEqual([
    ["negotiate", {}],
    ["basic", { realm: "x" }],
  ]);
  expect(read("")).toEqual([]);
  expect(read('"')).toEqual([]);
});
