import { expect, test } from "vitest";
import { parseConfig } from "./ansible-cfg.ts";

test("options, comments, both delimiters and values over several lines are read as configparser reads them", () => {
  const text = "; top\n[defaults]\nInventory = a,\n  b ; more\n# no\nforks: 5\nempty =\n[DEFAULT]\nshared = 1\n";
  const parsed = parseConfig(text);
  expect(parsed.ok && parsed.value.get("defaults")).toEqual(
    new Map([
      ["inventory", "a,\nb"],
      ["forks", "5"],
      ["empty", ""],
      ["shared", "1"],
    ]),
  );
});

test("lines that are no settings, come twice or stand before the first section are all named", () => {
  const parsed = parseConfig("early = 1\n[defaults]\na = 1\na = 2\nno setting\n[defaults]\n");
  expect(parsed).toEqual({
    ok: false,
    failure: [
      { line: 1, text: "early = 1" },
      { line: 4, text: "a = 2" },
      { line: 5, text: "no setting" },
      { line: 6, text: "[defaults]" },
    ],
  });
});
