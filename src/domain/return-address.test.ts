import { expect, test } from "vitest";
import { returnAddress } from "./return-address.ts";

test("a page of this console is gone back to, with its filters", () => {
  expect(returnAddress("/requests/4?x=1#log")).toBe("/requests/4?x=1#log");
  expect(returnAddress(undefined)).toBe("/");
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  String.raw`/\evil.example/`,
  "/\t/evil.example/",
  "/\n//evil.example/",
  "/.//evil.example/",
  "/x/..//evil.example/",
  "javascript:alert(1)",
  "evil.example",
  "",
])("nothing leads to another site: %j", (asked) => {
  expect(returnAddress(asked)).toBe("/");
});

test.each(["/sign-in?return=/x", "/sign-in", "/auth/oidc/3", "/api/v1/session"])(
  "%s is no page to come back to",
  (asked) => {
    expect(returnAddress(asked)).toBe("/");
  },
);
