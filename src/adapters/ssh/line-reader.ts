import type { Readable } from "node:stream";

/** The lines of a byte stream as UTF-8, without their line ends; ends with the stream, however that ends. */
export async function* readLines(stream: Readable): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    const chunks: AsyncIterable<Buffer> = stream;
    for await (const chunk of chunks) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch {
    // A broken stream ends like a whole one: who reads lines asks `ended` for the rest.
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}
