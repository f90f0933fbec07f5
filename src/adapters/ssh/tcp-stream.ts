import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import { childClosed, type Child } from "./child.ts";
import { ChildStream } from "./child-stream.ts";
import { lastWords } from "./connect-failure.ts";
import type { Master } from "./master.ts";

/** Seconds until an address counts as silent. */
const SECONDS = 5;

/** A TCP stream from this machine. */
export function openLocalTcp(host: string, address: string, port: number): Promise<Outcome<Duplex>> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: SECONDS * 1000 });
    const refuse = (detail: string): void => {
      socket.destroy();
      resolve(fail({ reason: "tcp-refused", host, address, port, detail }));
    };
    const failed = (error: Error): void => refuse(error.message);
    const late = (): void => refuse(`no answer within ${SECONDS} s`);
    socket.once("error", failed).once("timeout", late);
    socket.once("connect", () => {
      socket.off("error", failed).off("timeout", late).setTimeout(0);
      resolve(ok(socket));
    });
  });
}

/** A TCP stream from the host, made of an `ssh -W` process whose log level is DEBUG2; it says there when it is open. */
export function openForwardedTcp(
  child: Child,
  target: { readonly host: string; readonly address: string; readonly port: number },
  master: Pick<Master, "lostBecause" | "lastRefusal">,
): Promise<Outcome<Duplex>> {
  const stream = new ChildStream(child);
  child.stdout.on("data", (chunk: Buffer) => stream.receive(chunk));
  return new Promise((resolve) => {
    let log = "";
    let open = false;
    const refuse = (detail: string): void => {
      clearTimeout(timer);
      stream.destroy();
      const lost = master.lostBecause();
      const host = target.host;
      resolve(
        fail(
          lost === undefined
            ? { reason: "tcp-refused", ...target, detail }
            : { reason: "connection-lost", host, detail: lost },
        ),
      );
    };
    const timer = setTimeout(() => refuse(`no answer within ${SECONDS} s`), SECONDS * 1000);
    child.stderr.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString("utf8")).slice(-16_384);
      if (!log.includes("master session id")) return;
      child.stderr.removeAllListeners("data").resume();
      clearTimeout(timer);
      open = true;
      resolve(ok(stream));
    });
    const over = (): void => {
      stream.finish();
      // The client itself is told no more than that its request failed.
      if (!open) refuse(master.lastRefusal() ?? lastWords(log));
    };
    void childClosed(child).then(over);
  });
}
