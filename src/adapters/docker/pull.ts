import { createInterface } from "node:readline";
import { FailureError } from "../../engine/errors.ts";
import type { PullProgress } from "../../engine/ports.ts";
import type { EngineHttp } from "./engine-http.ts";
import { PullMeter, type PullMessage } from "./pull-progress.ts";

/** Seconds without a word from the engine after which a pull counts as hung. */
const SILENCE = 300;

export interface PullOrder {
  readonly repository: string;
  readonly digest: string;
  readonly auth: Readonly<Record<string, string>>;
  readonly onProgress: (progress: PullProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Pulls one image by digest, reporting bytes as they come. Returns the registry's refusal, or undefined when done.
 * The engine answers 200 at once and tells of errors in the stream, so both places are looked at.
 */
export async function pullByDigest(
  http: EngineHttp,
  order: PullOrder,
): Promise<{ status: number; detail: string } | undefined> {
  const answer = await http.stream("POST", "/images/create", {
    action: "docker pull",
    query: { fromImage: order.repository, tag: order.digest },
    headers: order.auth,
    deadline: SILENCE,
    signal: order.signal,
  });
  const silence = setTimeout(
    () => answer.destroy(new Error(`no word from the engine for ${SILENCE} s`)),
    SILENCE * 1000,
  );
  const giveUp = (): void => void answer.destroy(new Error("aborted"));
  order.signal.addEventListener("abort", giveUp);
  const meter = new PullMeter();
  let failed: { status: number; detail: string } | undefined;
  try {
    for await (const line of createInterface({ input: answer, crlfDelay: Infinity })) {
      silence.refresh();
      if (line.trim() === "") continue;
      const message = parse(line);
      const error = message.errorDetail?.message ?? message.error ?? message.message;
      if (error !== undefined)
        failed = { status: message.errorDetail?.code ?? statusOf(answer.statusCode), detail: error };
      const progress = meter.add(message);
      if (progress) order.onProgress(progress);
    }
  } catch (error) {
    const detail = `docker pull: ${error instanceof Error ? error.message : String(error)}`;
    if (failed === undefined) throw new FailureError({ reason: "connection-lost", host: http.host, detail });
  } finally {
    clearTimeout(silence);
    order.signal.removeEventListener("abort", giveUp);
  }
  if (failed === undefined && statusOf(answer.statusCode) !== 200)
    failed = { status: statusOf(answer.statusCode), detail: "" };
  return failed;
}

function statusOf(code: number | undefined): number {
  return code ?? 0;
}

function parse(line: string): PullMessage & { readonly message?: string } {
  try {
    return JSON.parse(line) as PullMessage;
  } catch {
    return { error: line };
  }
}
