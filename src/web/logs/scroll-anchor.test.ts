import { describe, expect, it } from "vitest";
import {
  anchorAt,
  anchorOf,
  bottomAnchor,
  fractionOf,
  HIGHEST,
  isAtBottom,
  moveBy,
  scrollHeight,
  TOP,
  type LogGeometry,
} from "./scroll-anchor.ts";

const even = (total: number): LogGeometry => ({ total, viewport: 800, lineHeight: 20, heightOf: () => 20 });
/** Every tenth line is wrapped over six. */
const wrapped: LogGeometry = {
  total: 1000,
  viewport: 800,
  lineHeight: 20,
  heightOf: (line) => (line % 10 === 0 ? 120 : 20),
};

describe("the anchor of the view", () => {
  it("ends with the last line at the bottom edge", () => {
    expect(bottomAnchor(even(2_000_000))).toEqual({ line: 1_999_960, offset: 0 });
    expect(bottomAnchor({ ...even(100), viewport: 810 })).toEqual({ line: 59, offset: 10 });
    expect(bottomAnchor(even(3))).toEqual(TOP);
    expect(bottomAnchor(even(0))).toEqual(TOP);
  });

  it("moves by pixels through lines of different heights, and back to where it was", () => {
    const down = moveBy({ line: 500, offset: 0 }, 150, wrapped);
    expect(down).toEqual({ line: 502, offset: 10 });
    expect(moveBy(down, -150, wrapped)).toEqual({ line: 500, offset: 0 });
  });

  it("does not move beyond either end", () => {
    expect(moveBy({ line: 3, offset: 5 }, -1000, wrapped)).toEqual(TOP);
    expect(moveBy({ line: 990, offset: 0 }, 100_000, wrapped)).toEqual(bottomAnchor(wrapped));
    expect(moveBy(TOP, 500, even(3))).toEqual(TOP);
  });

  it("shows a line that was asked for with some lines above it", () => {
    expect(anchorAt(1_000_000, even(2_000_000))).toEqual({ line: 999_986, offset: 14 });
    expect(anchorAt(2, even(2_000_000))).toEqual(TOP);
    expect(anchorAt(9_999_999, even(2_000_000))).toEqual(bottomAnchor(even(2_000_000)));
  });

  it("knows when it is at the bottom, and that half a view above it is not", () => {
    const geometry = even(2_000_000);
    expect(isAtBottom(bottomAnchor(geometry), geometry)).toBe(true);
    expect(isAtBottom(moveBy(bottomAnchor(geometry), -400, geometry), geometry)).toBe(false);
    expect(isAtBottom(TOP, even(3))).toBe(true);
  });
});

describe("the scrollbar", () => {
  it("belongs to an element that no browser cuts off, at two million lines too", () => {
    expect(scrollHeight(even(2_000_000))).toBe(HIGHEST);
    expect(scrollHeight(even(100))).toBe(2000);
    expect(scrollHeight(even(1))).toBe(800);
  });

  it("reaches every line: the way to a part and back is the same place", () => {
    const geometry = even(2_000_000);
    for (const line of [0, 1, 77_777, 1_000_000, 1_999_960]) {
      expect(anchorOf(fractionOf({ line, offset: 0 }, geometry), geometry).line).toBeCloseTo(line, -0.5);
    }
    expect(anchorOf(1, geometry)).toEqual(bottomAnchor(geometry));
    expect(anchorOf(0, geometry)).toEqual(TOP);
  });

  it("is exact to the pixel where the element has its true height", () => {
    const geometry = even(1000);
    const room = scrollHeight(geometry) - geometry.viewport;
    for (const pixels of [0, 1, 19, 20, 1234, room]) {
      const { line, offset } = anchorOf(pixels / room, geometry);
      expect(line * 20 + offset).toBeCloseTo(pixels, 6);
    }
  });
});
