import { describe, expect, it } from "vitest";
import { cardsSeen } from "./cards-seen.ts";

const card = (id: number, version = 1) => ({ id, version });

describe("the cards of the inbox", () => {
  const seen = [card(1), card(2), card(3)];

  it("stay in their places when one of them is gone, and new ones come to the end", () => {
    expect(cardsSeen(seen, [card(1), card(3), card(4)]).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it("show what is there now", () => {
    expect(cardsSeen(seen, [card(1, 2)])[0]).toEqual(card(1, 2));
  });

  it("are the same array where nothing is new, so that nothing is drawn again for ever", () => {
    expect(cardsSeen(seen, seen.slice(1))).toBe(seen);
  });
});
