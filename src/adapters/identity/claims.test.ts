import { expect, test } from "vitest";
import { textClaim, textsClaim } from "./claims.ts";

const claims = {
  preferred_username: " wang ",
  "https://example.org/groups": ["ops"],
  realm_access: { roles: ["admin", 7, "dev"] },
  group: "one",
  number: 5,
};

test("a claim is found by its name, also where that has dots, and inside objects", () => {
  expect(textClaim(claims, "preferred_username")).toBe("wang");
  expect(textsClaim(claims, "https://example.org/groups")).toEqual(["ops"]);
  expect(textsClaim(claims, "realm_access.roles")).toEqual(["admin", "dev"]);
  expect(textsClaim(claims, "group")).toEqual(["one"]);
});

test("a claim that is not there, or is no text, is none", () => {
  expect(textClaim(claims, "number")).toBe("");
  expect(textClaim(undefined, "sub")).toBe("");
  expect(textsClaim(claims, "realm_access.groups")).toBeUndefined();
  expect(textsClaim(claims, "constructor.name")).toBeUndefined();
  expect(textsClaim(claims, "")).toBeUndefined();
});
