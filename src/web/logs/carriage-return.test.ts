import { describe, expect, it } from "vitest";
import { lastState, lastStateSoFar } from "./carriage-return.ts";

describe("a line that is written over", () => {
  it("is shown in its last state", () => {
    expect(lastState("10%\r50%\r100%")).toBe("100%");
    expect(lastState("10%\r100%\r")).toBe("100%");
    expect(lastState("no return")).toBe("no return");
  });

  it("keeps a line end of Windows out", () => {
    expect(lastState("line\r")).toBe("line");
    expect(lastState("\r")).toBe("");
  });

  it("keeps the colours that were set before", () => {
    expect(lastState("\u001b[31ma\r\u001b[0m\u001b[32mb\rc")).toBe("\u001b[0m\u001b[32mc");
    expect(lastState("\u001b[31ma\u001b[2K\rb")).toBe("\u001b[31mb");
  });

  it("keeps a return at its end while it goes on", () => {
    expect(lastStateSoFar("10%\r50%\r")).toBe("50%\r");
    expect(lastState(`${lastStateSoFar("10%\r50%\r")}90%`)).toBe("90%");
  });
});
