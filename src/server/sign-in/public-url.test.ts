import { expect, test } from "vitest";
import { publicUrl } from "./public-url.ts";

test("GANTRY_URL is where people reach the console, without a path", () => {
  expect(publicUrl({ GANTRY_URL: "https://gantry.example.org/" })).toBe("https://gantry.example.org");
  expect(publicUrl({ GANTRY_URL: "http://10.0.0.1:8080" })).toBe("http://10.0.0.1:8080");
  expect(publicUrl({})).toBeUndefined();
  expect(publicUrl({ GANTRY_URL: "" })).toBeUndefined();
});

test.each(["gantry.example.org", "ftp://x", "https://x/console", "https://x/?a=1", "https://user:secret@x"])(
  "%s is no such address",
  (address) => {
    expect(publicUrl({ GANTRY_URL: address })).toBe(false);
  },
);
