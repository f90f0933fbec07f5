import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import { dialDocker } from "./docker-stdio.ts";
import { pingDocker } from "./docker-ping.ts";
import type { Launcher } from "./launcher.ts";
import type { Slots } from "./slots.ts";

/** Seconds for Docker's answer to a ping. */
const PING = 10;

type Way = "socket" | "stdio";

/**
 * Opens streams to a host's Docker engine: over a local unix socket when that leads there, else by a docker program
 * on the host. The first call finds out which by a ping; calls made meanwhile wait for its verdict.
 */
export class DockerSocket {
  readonly #launcher: Launcher;
  readonly #slots: Slots;
  readonly #path: string | undefined;
  #way: Way | undefined;
  #search: Promise<Outcome<Duplex>> | undefined;

  /** `path`: the local socket, undefined when there is none. `slots`: how many docker programs may run at once. */
  constructor(launcher: Launcher, slots: Slots, path: string | undefined) {
    this.#launcher = launcher;
    this.#slots = slots;
    this.#path = path;
  }

  async open(): Promise<Outcome<Duplex>> {
    if (this.#way === undefined) {
      if (this.#search === undefined) return this.#begin();
      const found = await this.#search;
      if (!found.ok) return found;
    }
    if (this.#way === "socket" && this.#path !== undefined) return this.#connect(this.#path);
    const dialled = await dialDocker(this.#launcher, this.#slots, PING);
    return dialled.ok ? ok(dialled.value.stream) : dialled;
  }

  async #begin(): Promise<Outcome<Duplex>> {
    this.#search = this.#findOut();
    const found = await this.#search;
    this.#search = undefined;
    return found;
  }

  #connect(path: string): Promise<Outcome<Duplex>> {
    return new Promise((resolve) => {
      const socket = connect(path);
      const failed = (error: Error): void => {
        const detail = this.#launcher.lostBecause() ?? error.message;
        resolve(fail({ reason: "connection-lost", host: this.#launcher.host.name, detail }));
      };
      socket.once("error", failed);
      socket.once("connect", () => {
        socket.off("error", failed);
        resolve(ok(socket));
      });
    });
  }

  async #findOut(): Promise<Outcome<Duplex>> {
    const host = this.#launcher.host.name;
    const lost = this.#launcher.lostBecause();
    if (lost !== undefined) return fail({ reason: "connection-lost", host, detail: lost });
    const silent = fail({ reason: "docker-down", host, detail: `no answer to a ping within ${PING} s` } as const);
    if (this.#path !== undefined) {
      const stream = connect(this.#path);
      const verdict = await pingDocker(stream, PING * 1000);
      if (verdict === "silent") return silent;
      if (verdict === "answered") {
        this.#way = "socket";
        return ok(stream);
      }
    }
    const dialled = await dialDocker(this.#launcher, this.#slots, PING);
    if (!dialled.ok) return dialled;
    const verdict = await pingDocker(dialled.value.stream, PING * 1000);
    if (verdict === "silent") return silent;
    if (verdict === "closed") return fail(await dialled.value.failure);
    this.#way = "stdio";
    return ok(dialled.value.stream);
  }
}
