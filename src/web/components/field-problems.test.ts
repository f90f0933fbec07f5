import { expect, test } from "vitest";
import { catalogue as en } from "../locales/en/catalogue.ts";
import { catalogue as zh } from "../locales/zh/catalogue.ts";
import { fieldMessage } from "./field-problems.ts";

test("a rule is said in the language of the page, with its limit", () => {
  expect(fieldMessage({ field: "data.name", rule: "too-long", limit: 100, message: "Too big" }, zh)).toBe(
    "最多 100 个字符。",
  );
  expect(fieldMessage({ field: "name", rule: "taken", message: "There is one" }, en)).toBe("This name is taken.");
});

test("a rule that means something of its own at a field is said so", () => {
  expect(fieldMessage({ field: "data.address", rule: "format", message: "Give a host name." }, zh)).toBe(
    "请填写主机名或 IP 地址。",
  );
  expect(fieldMessage({ field: "min", rule: "too-large", message: "Least over most." }, en)).toBe(
    "The least must not be more than the most.",
  );
});

test("what the page does not know is said as the server says it", () => {
  expect(fieldMessage({ field: "mainTask", rule: "unterminated", message: "Line 1: a quote is open." }, zh)).toBe(
    "Line 1: a quote is open.",
  );
  expect(fieldMessage({ field: "x", rule: "too-small", message: "No limit came along." }, en)).toBe(
    "No limit came along.",
  );
});
