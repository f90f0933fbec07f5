import { expect, it } from "vitest";
import { filterNames } from "./filter-names.ts";
import { GANTRY_WORDS } from "./gantry-words.ts";

const { en } = GANTRY_WORDS;

it("keeps the names in which the keyword is found and what is excluded is not", () => {
  const names = ["demo1", "demo2", "my-demo3", "web"];
  expect(filterNames(names, { keyword: "demo", exclude: "[12]$" }, en)).toEqual({ ok: true, value: ["my-demo3"] });
  expect(filterNames(names, { keyword: "" }, en)).toEqual({ ok: true, value: names });
});

it("says which pattern is none", () => {
  for (const asked of [
    { keyword: "(", exclude: "" },
    { keyword: "", exclude: "(" },
  ])
    expect(filterNames(["demo1"], asked, en)).toMatchObject({
      ok: false,
      failure: { reason: "refused", detail: expect.stringMatching(/^"\(" is no regular expression: /) },
    });
});

it("gives up on a pattern that would take for ever", () => {
  const began = performance.now();
  const found = filterNames([`${"a".repeat(60)}!`], { keyword: "(a+)+$" }, en);
  expect(found).toMatchObject({ ok: false, failure: { detail: expect.stringContaining("(a+)+$") } });
  expect(performance.now() - began).toBeLessThan(5000);
});
