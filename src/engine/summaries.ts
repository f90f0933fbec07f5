import { isUp } from "../domain/container.ts";
import { isUnreachable, type Failure } from "./errors.ts";
import type { HostSummary, RunStatus, Verdict } from "./events.ts";
import type { Gathered } from "./gather.ts";
import type { RunRequest } from "./plan.ts";

/** Where each host of a run stands, in the inventory's order. */
export class Summaries {
  readonly #hosts: Map<string, HostSummary>;
  readonly #rolled = new Set<string>();

  constructor(request: RunRequest, gathered: Gathered) {
    this.#hosts = new Map(
      request.hosts.map(({ name: host }) => {
        const open = gathered.open.find(({ target }) => target.host.name === host);
        const running = open?.facts.versions.find(isUp)?.name;
        const failure = gathered.failed.get(host);
        const verdict: Verdict =
          failure === undefined ? "untouched" : isUnreachable(failure) ? "unreachable" : "failed";
        return [
          host,
          {
            host,
            verdict,
            seen: open !== undefined,
            before: running,
            now: running,
            seconds: 0,
            ...(failure ? { failure } : {}),
          },
        ];
      }),
    );
  }

  /** A host that was looked at only and answered. */
  done(host: string): void {
    this.#update(host, { verdict: "done" });
  }

  /** A host on which nothing was changed because of a failure before its turn. */
  refuse(host: string, failure: Failure): void {
    this.#update(host, { verdict: isUnreachable(failure) ? "unreachable" : "failed", failure });
  }

  finish(summary: HostSummary): void {
    this.#rolled.add(summary.host);
    this.#hosts.set(summary.host, summary);
  }

  all(): readonly HostSummary[] {
    return [...this.#hosts.values()];
  }

  /** True when a host could not be prepared: failed before its turn came. */
  refused(): boolean {
    return this.all().some(({ host, verdict }) => verdict === "failed" && !this.#rolled.has(host));
  }

  failures(): number {
    return this.all().filter(({ verdict }) => verdict === "failed" || verdict === "rescued").length;
  }

  /** True for hosts that this run has changed and left so. */
  changed(host: string): boolean {
    return this.#rolled.has(host) && this.#hosts.get(host)?.verdict === "done";
  }

  untouched(): readonly string[] {
    return this.all()
      .filter(({ verdict }) => verdict === "untouched")
      .map(({ host }) => host);
  }

  /** How the run ended, by its worst host, unless told otherwise. */
  end(status?: RunStatus): { status: RunStatus; summaries: readonly HostSummary[] } {
    const summaries = this.all();
    const locked = summaries.some(({ failure }) => failure?.reason === "locked");
    const failed = summaries.some(
      ({ verdict }) => verdict === "failed" || verdict === "rescued" || verdict === "reverted",
    );
    const unreachable = summaries.some(({ verdict }) => verdict === "unreachable");
    const worst: RunStatus = locked ? "locked" : failed ? "failed" : unreachable ? "unreachable" : "succeeded";
    return { status: status ?? worst, summaries };
  }

  #update(host: string, change: Partial<HostSummary>): void {
    const summary = this.#hosts.get(host);
    if (summary) this.#hosts.set(host, { ...summary, ...change });
  }
}
