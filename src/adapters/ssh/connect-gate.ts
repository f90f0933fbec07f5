import { setImmediate as nextTurn } from "node:timers/promises";
import type { Host } from "../../domain/host.ts";
import { routesInArguments } from "./routes.ts";
import { Slots } from "./slots.ts";

/**
 * A default sshd starts to drop connections at random when more than 10 are logging in (MaxStartups 10:30:100), and a
 * person may be among them.
 */
const AT_ONCE = 8;
/** `ssh -G` processes at a time. */
const QUESTIONS = 4;

/**
 * Lets at most 8 connects at a time knock at the same ssh server, be it the host's own or a jump host's. As long as no
 * more than 8 are wanted altogether nothing can pile up, and the user's configuration is not asked for jump hosts.
 */
export class ConnectGate {
  readonly #routes: (host: Host) => Promise<readonly string[]>;
  readonly #servers = new Map<string, Slots>();
  readonly #questions = new Slots(QUESTIONS);
  #wanted = 0;

  constructor(routes: (host: Host) => Promise<readonly string[]>) {
    this.#routes = routes;
  }

  /** Waits for a place at every server on the way; returns how to leave, or undefined when the signal aborted first. */
  async enter(host: Host, signal: AbortSignal): Promise<(() => void) | undefined> {
    this.#wanted += 1;
    const held: (() => void)[] = [() => (this.#wanted -= 1)];
    const leave = (): void => held.splice(0).forEach((release) => release());
    // Whoever wants many connections asks for all of them in one turn.
    await nextTurn();
    const servers = this.#wanted > AT_ONCE ? await this.#ask(host) : routesInArguments(host);
    // Always in the same order: two connects can never wait for each other.
    for (const server of [...new Set(servers)].toSorted()) {
      const release = await this.#slots(server).take(signal);
      if (release === undefined) {
        leave();
        return undefined;
      }
      held.push(release);
    }
    return leave;
  }

  async #ask(host: Host): Promise<readonly string[]> {
    const release = await this.#questions.take();
    try {
      return await this.#routes(host);
    } finally {
      release?.();
    }
  }

  #slots(server: string): Slots {
    const known = this.#servers.get(server);
    if (known !== undefined) return known;
    const slots = new Slots(AT_ONCE);
    this.#servers.set(server, slots);
    return slots;
  }
}
