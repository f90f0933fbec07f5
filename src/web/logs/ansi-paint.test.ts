import { describe, expect, it } from "vitest";
import { contrast, LOG_INK, LOG_PAPER, paintOf, type Scheme } from "./ansi-paint.ts";
import type { AnsiColour, AnsiStyle } from "./ansi-style.ts";

const rgb = (css: string | undefined, fallback: readonly [number, number, number]) => {
  const [red, green, blue] = (css?.match(/\d+/g) ?? fallback).map(Number);
  return [red ?? 0, green ?? 0, blue ?? 0] as const;
};

function contrastOf(style: AnsiStyle, scheme: Scheme): number {
  const { color, backgroundColor } = paintOf(style, scheme);
  return contrast(rgb(color, LOG_INK[scheme]), rgb(backgroundColor, LOG_PAPER[scheme]));
}

const colours: readonly (AnsiColour | undefined)[] = [
  undefined,
  ...Array.from({ length: 256 }, (_, colour) => colour),
  [0, 0, 0],
  [255, 255, 255],
  [128, 128, 128],
];

describe.each(["light", "dark"] as const)("colours in the %s scheme", (scheme) => {
  it("can be read on the paper, also when dim or inverse", () => {
    for (const foreground of colours)
      for (const more of [{}, { dim: true }, { inverse: true }, { dim: true, inverse: true }])
        expect(contrastOf({ foreground, ...more }, scheme), JSON.stringify({ foreground, more })).toBeGreaterThan(4.49);
  });

  it("can be read on every background", () => {
    for (const background of colours)
      for (const foreground of [undefined, 0, 1, 7, 8, 15, 21, 226, 244])
        expect(
          contrastOf({ foreground, background }, scheme),
          JSON.stringify({ foreground, background }),
        ).toBeGreaterThan(4.49);
  });

  it("are left to the surroundings where a program set none", () => {
    expect(paintOf({ bold: true }, scheme)).toEqual({});
  });
});

it("keeps a colour of the cube as it is where it can be read", () => {
  expect(paintOf({ foreground: 208 }, "dark")).toEqual({ color: "rgb(255 135 0)" });
  expect(paintOf({ foreground: 15, background: 196 }, "dark").backgroundColor).toBe("rgb(255 0 0)");
});
