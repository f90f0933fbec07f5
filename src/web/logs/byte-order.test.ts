import { describe, expect, it } from "vitest";
import { ByteOrder } from "./byte-order.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (pieces: readonly Uint8Array[]): string => pieces.map((piece) => new TextDecoder().decode(piece)).join("");

describe("pieces of a log", () => {
  it("go straight through when they come in order", () => {
    const order = new ByteOrder(100);
    expect(text(order.take(100, bytes("abc")))).toBe("abc");
    expect(text(order.take(103, bytes("d")))).toBe("d");
    expect(order.hole()).toBeUndefined();
  });

  it("that are there already are dropped, also in part", () => {
    const order = new ByteOrder(0);
    order.take(0, bytes("abcd"));
    expect(order.take(0, bytes("abc"))).toEqual([]);
    expect(text(order.take(2, bytes("cdef")))).toBe("ef");
    expect(order.next).toBe(6);
  });

  it("that come too early wait for the hole before them", () => {
    const order = new ByteOrder(0);
    expect(order.take(6, bytes("ghi"))).toEqual([]);
    expect(order.take(3, bytes("def"))).toEqual([]);
    expect(order.hole()).toEqual({ from: 0, to: 3 });
    expect(order.waiting).toBe(6);
    expect(text(order.take(0, bytes("abc")))).toBe("abcdefghi");
    expect(order.hole()).toBeUndefined();
    expect(order.waiting).toBe(0);
  });

  it("leave the hole that is left when it was filled in part", () => {
    const order = new ByteOrder(0);
    order.take(10, bytes("k"));
    order.take(0, bytes("abc"));
    expect(order.hole()).toEqual({ from: 3, to: 10 });
  });

  it("are missed when the log is known to be longer", () => {
    const order = new ByteOrder(5);
    order.reaches(5);
    expect(order.hole()).toBeUndefined();
    order.reaches(9);
    expect(order.hole()).toEqual({ from: 5, to: 9 });
  });

  it("come out whole and once whatever their order and overlap", () => {
    const whole = "abcdefghijklmnopqrstuvwxyz";
    const pieces = [
      [20, 26],
      [0, 4],
      [3, 9],
      [14, 22],
      [2, 3],
      [9, 15],
      [0, 26],
    ] as const;
    const order = new ByteOrder(0);
    expect(pieces.map(([from, to]) => text(order.take(from, bytes(whole.slice(from, to))))).join("")).toBe(whole);
  });
});
