import { describe, expect, it } from "vitest";
import { linePieces, plainText } from "./line-pieces.ts";

const drawn = (line: string, query = "", most = 100): readonly string[] =>
  linePieces(line, {}, query, most).pieces.map(({ text, hit }) => (hit ? `[${text}]` : text));

describe("the pieces of a line", () => {
  it("mark what was searched for, regardless of case", () => {
    expect(drawn("Error: no error", "error")).toEqual(["[Error]", ": no ", "[error]"]);
  });

  it("mark it also across a change of colour", () => {
    expect(drawn("a fa\u001b[31mil\u001b[0med", "fail")).toEqual(["a ", "[fa]", "[il]", "ed"]);
  });

  it("take what was searched for as text, not as a pattern", () => {
    expect(drawn("a.b a+b (x) [y] \\ $", "(x) [y] \\ $")).toEqual(["a.b a+b ", "[(x) [y] \\ $]"]);
    expect(drawn("aXb", "a.b")).toEqual(["aXb"]);
  });

  it("are no markup", () => {
    expect(drawn("<script>alert(1)</script>")).toEqual(["<script>alert(1)</script>"]);
  });

  it("end after so many characters, and say how many are left out", () => {
    expect(linePieces(`${"x".repeat(90)}\u001b[31m${"y".repeat(100)}`, {}, "", 100)).toEqual({
      pieces: [
        { text: "x".repeat(90), style: {}, hit: false },
        { text: "y".repeat(10), style: { foreground: 1 }, hit: false },
      ],
      rest: 90,
    });
  });
});

it("gives a line as plain text", () => {
  expect(plainText("\u001b[32mok\u001b[0m\u0007")).toBe("ok␇");
});
