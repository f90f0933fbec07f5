import { expect, it } from "vitest";
import { visibleText } from "./visible-text.ts";

it("shows control characters, bidirectional overrides and invisible spaces as signs", () => {
  expect(visibleText("a\u0000b\u0007c\u007fd\u0085e\u202ef\u200bg\ufeff")).toBe(
    "a␀b␇c␡d<U+0085>e<U+202E>f<U+200B>g<U+FEFF>",
  );
});

it("leaves tabs, Chinese and emoji as they are", () => {
  expect(visibleText("\t发布完成 👩‍💻 <b>&amp;")).toBe("\t发布完成 👩‍💻 <b>&amp;");
});
