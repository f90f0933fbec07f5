import { duplexPair } from "node:stream";
import { expect, test } from "vitest";
import { pingDocker } from "./docker-ping.ts";

const head = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\n";

test("an answer is read to its end, and the stream goes on", async () => {
  const [near, far] = duplexPair();
  const ping = pingDocker(near, 1000);
  far.write(head.slice(0, 30));
  setImmediate(() => far.write(`${head.slice(30)}O`));
  setTimeout(() => far.write("K"), 10);
  expect(await ping).toBe("answered");
  expect(String(far.read())).toBe("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n");
  const next = new Promise((resolve) => near.once("data", (chunk: Buffer) => resolve(chunk.toString())));
  far.write("more");
  expect(await next).toBe("more");
});

test("a stream that closes was refused", async () => {
  const [near, far] = duplexPair();
  const ping = pingDocker(near, 1000);
  far.end();
  expect(await ping).toBe("closed");
  expect(near.destroyed).toBe(true);
});

test("a stream that breaks was refused", async () => {
  const [near] = duplexPair();
  const ping = pingDocker(near, 1000);
  near.destroy(new Error("connect ENOENT"));
  expect(await ping).toBe("closed");
});

test("something that is not HTTP, or says nothing, is silent", async () => {
  const [near, far] = duplexPair();
  const ping = pingDocker(near, 50);
  far.write("SSH-2.0-OpenSSH\r\n\r\n");
  expect(await ping).toBe("silent");
});
