import { describe, expect, it } from "vitest";
import { PLAIN, styleAfter, styledTexts } from "./ansi-style.ts";

const ESC = "\u001b";

describe("colours of a log", () => {
  it("are taken from SGR sequences, piece by piece", () => {
    expect(styledTexts(`a${ESC}[31;1mb${ESC}[0mc`, PLAIN)).toEqual([
      { text: "a", style: {} },
      { text: "b", style: { foreground: 1, bold: true } },
      { text: "c", style: {} },
    ]);
  });

  it("go on over line ends until they are reset", () => {
    const after = styleAfter(`${ESC}[32mok: [lab1]`, PLAIN);
    expect(styledTexts("still green", after)).toEqual([{ text: "still green", style: { foreground: 2 } }]);
    expect(styleAfter(`done${ESC}[m`, after)).toEqual({});
  });

  it("may be of 256 or of 16 million, in both ways of writing them", () => {
    expect(styleAfter(`${ESC}[38;5;208m`, PLAIN)).toEqual({ foreground: 208 });
    expect(styleAfter(`${ESC}[38;2;1;2;3;4m`, PLAIN)).toEqual({ foreground: [1, 2, 3], underline: true });
    expect(styleAfter(`${ESC}[48:2::9:8:7m`, PLAIN)).toEqual({ background: [9, 8, 7] });
    expect(styleAfter(`${ESC}[38:2:1:2:3m`, PLAIN)).toEqual({ foreground: [1, 2, 3] });
    expect(styleAfter(`${ESC}[94;103m`, PLAIN)).toEqual({ foreground: 12, background: 11 });
  });

  it("out of range change nothing", () => {
    expect(styleAfter(`${ESC}[38;5;999m`, PLAIN)).toEqual({});
    expect(styleAfter(`${ESC}[38;2;1;2m`, PLAIN)).toEqual({});
    expect(styleAfter(`${ESC}[1234m`, PLAIN)).toBe(PLAIN);
  });

  it("end one by one", () => {
    expect(styleAfter(`${ESC}[1;3;4;7;9;31;41m${ESC}[22;23;24;27;29;39;49m`, PLAIN)).toEqual({
      bold: false,
      dim: false,
      italic: false,
      underline: false,
      inverse: false,
      strike: false,
      foreground: undefined,
      background: undefined,
    });
  });
});

describe("other escape sequences", () => {
  const plainText = (line: string): string =>
    styledTexts(line, PLAIN)
      .map(({ text }) => text)
      .join("");

  it("are taken out: cursor, erase, title, link, private modes", () => {
    expect(plainText(`a${ESC}[2Kb${ESC}[1;1Hc${ESC}]0;title\u0007d${ESC}[?25le\u009b31mf`)).toBe("abcdef");
    expect(plainText(`${ESC}]8;;http://x${ESC}\\link${ESC}]8;;${ESC}\\`)).toBe("link");
    expect(plainText(`${ESC}(Ba${ESC}=b${ESC}Pq#0${ESC}\\c`)).toBe("abc");
  });

  it("that do not end cannot hide the rest of the line", () => {
    expect(plainText(`${ESC}]0;rm -rf /`)).toBe("0;rm -rf /");
    expect(plainText(`x${ESC}`)).toBe("x");
  });

  it("with private parameters are not taken for colours", () => {
    expect(styleAfter(`${ESC}[>4;1m`, PLAIN)).toBe(PLAIN);
  });
});
