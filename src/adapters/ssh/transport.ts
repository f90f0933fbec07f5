import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Host } from "../../domain/host.ts";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { Connection, Transport } from "../../engine/ports.ts";
import { askpassEnvironment, writeAskpass } from "./askpass.ts";
import { ConnectGate } from "./connect-gate.ts";
import { OpenConnection } from "./connection.ts";
import { localReach } from "./local-reach.ts";
import { startMaster, type Master } from "./master.ts";
import { makeRuntimeDirectory } from "./runtime-directory.ts";
import { sshReach } from "./ssh-reach.ts";
import { sshRoutes } from "./routes.ts";

export interface TransportOptions {
  /** The OpenSSH client; default `ssh` in the PATH. */
  readonly sshProgram?: string;
  /** What ssh and local programs see; default the process's own. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Times that a connection which the server drops before the login is tried again. */
const RETRIES = 3;

/** Connections over the system's OpenSSH client, and to this machine. */
export function createTransport(options: TransportOptions = {}): Transport {
  return new SshTransport(options.sshProgram ?? "ssh", options.environment ?? process.env);
}

interface ConnectOptions {
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

class SshTransport implements Transport {
  readonly #program: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #gate: ConnectGate;
  readonly #open = new Set<Connection>();
  readonly #closing = new AbortController();
  #directory: ReturnType<typeof makeRuntimeDirectory> | undefined;
  #askpass: string | undefined;
  #count = 0;

  constructor(program: string, environment: NodeJS.ProcessEnv) {
    this.#program = program;
    this.#environment = environment;
    this.#gate = new ConnectGate((host) => sshRoutes(host, program, environment));
  }

  /** The deadline runs from the moment when the connect is let through the gate (see ConnectGate). */
  async connect(host: Host, options: ConnectOptions): Promise<Outcome<Connection>> {
    if (host.connection === "local") return ok(this.#keep(localReach(host, this.#environment)));
    const signal =
      options.signal === undefined ? this.#closing.signal : AbortSignal.any([options.signal, this.#closing.signal]);
    const leave = await this.#gate.enter(host, signal);
    if (leave === undefined) return fail({ reason: "aborted", host: host.name });
    try {
      const master = await this.#login(host, options.deadline, signal);
      if (!master.ok) return master;
      return ok(this.#keep(sshReach(host, master.value, this.#program, this.#environment)));
    } finally {
      leave();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#open].map((connection) => connection.close()));
    this.#directory?.remove();
    this.#directory = undefined;
  }

  #keep(reach: ConstructorParameters<typeof OpenConnection>[0]): Connection {
    const connection = new OpenConnection(reach, (closed) => this.#open.delete(closed));
    this.#open.add(connection);
    return connection;
  }

  async #login(host: Host, deadline: number, signal: AbortSignal): Promise<Outcome<Master>> {
    const end = performance.now() + deadline * 1000;
    for (let tries = 0; ; tries += 1) {
      const seconds = tries === 0 ? deadline : (end - performance.now()) / 1000;
      const started = await startMaster(host, {
        program: this.#program,
        environment: this.#environmentFor(host),
        paths: this.#paths(),
        seconds,
        signal,
      });
      if (started.ok || !("dropped" in started)) return started;
      const pause = 150 * 2 ** tries * (1 + Math.random());
      if (tries >= RETRIES || performance.now() + pause >= end) return fail(started.failure);
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  #paths(): { readonly control: string; readonly docker: string } {
    this.#directory ??= makeRuntimeDirectory(this.#environment);
    this.#count += 1;
    return {
      control: join(this.#directory.path, `${this.#count}.ctl`),
      docker: join(this.#directory.path, `${this.#count}.sock`),
    };
  }

  #environmentFor(host: Host): NodeJS.ProcessEnv {
    if (host.password === undefined) return this.#environment;
    this.#directory ??= makeRuntimeDirectory(this.#environment);
    this.#askpass ??= writeAskpass(this.#directory.path);
    return askpassEnvironment(this.#environment, this.#askpass, host.password);
  }
}
