/** A binary message of the WebSocket: run id, offset (both 8 bytes, big-endian), and the bytes of the log from there on. */
export function logFrame(run: number, offset: number, bytes: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(16 + bytes.length);
  frame.writeBigUInt64BE(BigInt(run), 0);
  frame.writeBigUInt64BE(BigInt(offset), 8);
  bytes.copy(frame, 16);
  return frame;
}
