/**
 * The lines of a container's log as the Engine API frames it: an 8-byte header (stream type, three zero bytes, length)
 * before each frame, or a bare byte stream when the container has a terminal.
 * Source: Docker Engine API, "Attach to a container", stream format.
 */
export function logLines(body: Buffer): readonly string[] {
  const text = isFramed(body) ? unframe(body) : body.toString("utf8");
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function isFramed(body: Buffer): boolean {
  return body.length >= 8 && body.readUInt8(0) <= 2 && body.readUIntBE(1, 3) === 0;
}

function unframe(body: Buffer): string {
  const frames: Buffer[] = [];
  for (let at = 0; at + 8 <= body.length;) {
    const length = body.readUInt32BE(at + 4);
    frames.push(body.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(frames).toString("utf8");
}
