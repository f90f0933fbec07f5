import type { PullProgress } from "../../engine/ports.ts";

/** One line of the engine's answer to a pull (Docker Engine API, POST /images/create). */
export interface PullMessage {
  readonly status?: string;
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
  readonly errorDetail?: { readonly code?: number; readonly message?: string };
}

/** Adds up the bytes of all layers of one pull: a layer counts when its size is known, extracting does not count again. */
export class PullMeter {
  readonly #layers = new Map<string, { current: number; total: number }>();

  /** Takes in one message; returns the new sum if it changed. */
  add(message: PullMessage): PullProgress | undefined {
    const { id, status = "", progressDetail } = message;
    if (id === undefined) return undefined;
    const layer = this.#layers.get(id) ?? { current: 0, total: 0 };
    if (status === "Downloading" && progressDetail?.current !== undefined) {
      layer.current = progressDetail.current;
      layer.total = Math.max(progressDetail.total ?? 0, progressDetail.current, layer.total);
    } else if (status === "Download complete" || status === "Pull complete" || status === "Verifying Checksum") {
      layer.current = layer.total;
    } else {
      return undefined;
    }
    this.#layers.set(id, layer);
    let current = 0;
    let total = 0;
    for (const each of this.#layers.values()) {
      current += each.current;
      total += each.total;
    }
    return { current, total };
  }
}
