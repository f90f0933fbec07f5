import type { Duplex } from "node:stream";

/** `answered`: an HTTP server is behind it, and the stream is free for the next request. */
export type PingVerdict = "answered" | "closed" | "silent";

/**
 * Asks `GET /_ping` and reads the whole answer. A forward that the server refused, or a socket that the user may not
 * open, shows only here: ssh takes the local connection and closes it.
 */
export function pingDocker(stream: Duplex, milliseconds: number): Promise<PingVerdict> {
  return new Promise((resolve) => {
    let answer = "";
    const settle = (verdict: PingVerdict): void => {
      clearTimeout(timer);
      stream.off("readable", read).off("end", close).off("close", close);
      // The error listener stays while the stream is given up.
      if (verdict === "answered") stream.off("error", close);
      else stream.destroy();
      resolve(verdict);
    };
    const close = (): void => settle("closed");
    const read = (): void => {
      for (let chunk: unknown = stream.read(); chunk instanceof Buffer; chunk = stream.read()) {
        answer += chunk.toString("latin1");
      }
      if (complete(answer)) settle("answered");
    };
    const timer = setTimeout(() => settle("silent"), milliseconds);
    stream.on("readable", read).on("end", close).on("close", close).on("error", close);
    stream.write("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n");
  });
}

/** Every Docker engine answers with a Content-Length. */
function complete(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0 || !answer.startsWith("HTTP/1.")) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, end))?.[1];
  return answer.length - end - 4 >= Number(length ?? 0);
}
