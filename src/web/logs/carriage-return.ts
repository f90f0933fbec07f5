import { ESCAPE_SEQUENCE, mayHaveEscapes } from "./escape-sequences.ts";

/**
 * The last state of a line over which a program has written again and again with carriage returns, as progress bars
 * do: what stands after the last return that something follows. Colours that were set before stay set.
 */
export function lastState(line: string): string {
  if (!line.includes("\r")) return line;
  const end = endWithoutReturns(line);
  const from = line.lastIndexOf("\r", end - 1) + 1;
  return coloursOf(line.slice(0, from)) + line.slice(from, end);
}

/** The same of a line that has not ended: returns at its end stay, since what follows will be written over it. */
export function lastStateSoFar(line: string): string {
  if (!line.includes("\r")) return line;
  return lastState(line) + line.slice(endWithoutReturns(line));
}

function endWithoutReturns(line: string): number {
  let end = line.length;
  while (end > 0 && line[end - 1] === "\r") end--;
  return end;
}

/** Only what sets colours of the text, beginning with the last reset. */
function coloursOf(text: string): string {
  if (!mayHaveEscapes(text)) return "";
  const colours = [...text.matchAll(ESCAPE_SEQUENCE)].filter(([, , final]) => final === "m");
  const reset = colours.findLastIndex(([, parameters]) => parameters === "" || parameters === "0");
  return colours
    .slice(Math.max(0, reset))
    .map(([sequence]) => sequence)
    .join("");
}
