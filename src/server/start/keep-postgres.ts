import { connect } from "node:net";
import { join } from "node:path";
import type { PostgresConnection } from "../../adapters/postgres/first-query.ts";

/** Milliseconds between looks. */
const LOOK = 1000;

/** Watches the bundled PostgreSQL's socket, and has it started again where nobody listens there; returns how to end it. */
export function keepPostgres(
  { host, port }: PostgresConnection,
  startAgain: () => Promise<void>,
  onError: (error: Error) => void,
): { stop(): Promise<void> } {
  const socket = join(host, `.s.PGSQL.${port}`);
  let stopped = false;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    if (stopped || (await isListening(socket))) return;
    if (!stopped) await startAgain();
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = look()
      .catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => (busy = false));
  }, LOOK);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
