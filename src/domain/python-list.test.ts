import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { pythonList } from "./python-list.ts";

const odd = [
  [],
  ["demo1", "demo2"],
  [""],
  ["it's", 'say "hi"', `both ' and "`, "'", '"', "\\", "\\'", "a\\nb"],
  ["a\nb", "a\rb", "a\tb", "\0", "\x01", "\x1b[0m", "\x7f", "\x80", "\x9f"],
  ["中文", "项目", "é", "ß", "Ω", "🚀", "👩‍💻", "한국어", "\u00b7"],
  [" ", "\u00a0", "\u00ad", "\u2003", "\u200b", "\u2028", "\u2029", "\u202e", "\u3000", "\ufeff"],
  ["\ue000", "\u{e0001}", "\u{10ffff}", "\ud800", "\udc00x", "\ufffe"],
];

it("prints lists of strings exactly as python3 does", () => {
  const program = "import json,sys\nfor l in json.load(sys.stdin): print(l)";
  const printed = execFileSync("python3", ["-c", program], {
    input: JSON.stringify(odd),
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  });
  expect(`${odd.map(pythonList).join("\n")}\n`).toBe(printed.toString("utf8"));
});

it("is read back by python3 for every character of the first plane", () => {
  const characters = Array.from({ length: 0x1_00_00 }, (_, code) => String.fromCharCode(code));
  const program =
    "import ast,sys\nl=ast.literal_eval(sys.stdin.buffer.read().decode())\nprint(l==[chr(c) for c in range(0x10000)])";
  const printed = execFileSync("python3", ["-c", program], { input: pythonList(characters) });
  expect(printed.toString("utf8")).toBe("True\n");
});
