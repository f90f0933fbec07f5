import { describe, expect, it } from "vitest";
import { LineAssembler } from "./line-assembler.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("lines out of bytes", () => {
  it("are the same however the bytes are cut", () => {
    const whole = bytes("PLAY [lab] ***\n发布 😀 ok\r\n\n10%\r20%\rdone\nlast");
    for (let size = 1; size <= whole.length; size++) {
      const assembler = new LineAssembler(7);
      const lines: string[] = [];
      for (let at = 0; at < whole.length; at += size) lines.push(...assembler.take(whole.subarray(at, at + size)));
      expect(lines).toEqual(["PLAY [lab] ***", "发布 😀 ok", "", "done"]);
      expect(assembler.pending).toBe("last");
      expect(assembler.line).toBe(11);
    }
  });

  it("show a line that goes on, without half a character at its end", () => {
    const assembler = new LineAssembler(0);
    assembler.take(bytes("发布").subarray(0, 4));
    expect(assembler.pending).toBe("发");
    assembler.take(bytes("发布").subarray(4));
    expect(assembler.pending).toBe("发布");
  });

  it("go on with what the line already had", () => {
    const assembler = new LineAssembler(3, "begun ");
    expect(assembler.take(bytes("and ended\n"))).toEqual(["begun and ended"]);
    expect(assembler.line).toBe(4);
  });

  it("do not grow with a progress bar that never ends its line", () => {
    const assembler = new LineAssembler(0);
    for (let n = 0; n < 20_000; n++) assembler.take(bytes(`\r${"#".repeat(80)} ${n}`));
    expect(assembler.pending).toBe(`${"#".repeat(80)} 19999`);
    expect(assembler.take(bytes("\n"))[0]?.length).toBeLessThan(100);
  });

  it("are cut where one line alone is longer than a million characters", () => {
    const assembler = new LineAssembler(0);
    for (let n = 0; n < 30; n++) assembler.take(bytes("x".repeat(100_000)));
    expect(assembler.pending).toHaveLength(1_000_000);
    expect(assembler.take(bytes("end\nnext\n"))).toEqual(["x".repeat(1_000_000), "next"]);
  });

  it("show bytes that are no text as replacement characters, and a byte order mark as it is", () => {
    expect(new LineAssembler(0).take(new Uint8Array([0xff, 0x41, 0x0a]))).toEqual(["\ufffdA"]);
    expect(new LineAssembler(0).take(new Uint8Array([0xef, 0xbb, 0xbf, 0x41, 0x0a]))).toEqual(["\ufeffA"]);
  });
});
