import type { Result } from "../../domain/result.ts";
import type { Trust } from "./agents.ts";
import type { LoginRule } from "./authorizer.ts";
import type { HttpAnswer, HttpTrouble } from "./http-exchange.ts";
import { originOf } from "./registry-address.ts";

/** A way to speak to a registry. */
interface Way {
  readonly origin: URL;
  readonly trust: Trust;
  readonly loginMayGo: LoginRule;
}

export interface Reached {
  readonly way: Way;
  /** The answer to `GET /v2/`: 200, or 401 with the registry's challenge. */
  readonly answer: HttpAnswer;
}

/**
 * Finds the way to a registry by asking for `/v2/`: HTTPS first, always. A registry that is loopback or listed as
 * insecure may have any certificate or speak plain HTTP, as for Docker. Any other may have a certificate from the
 * machine's own stores; on a private address it may also speak plain HTTP, but then never sees a login.
 */
export async function reach(
  registry: string,
  trusted: boolean,
  onPrivateAddress: () => Promise<boolean>,
  tryWay: (url: URL, trust: Trust) => Promise<Result<HttpAnswer, HttpTrouble>>,
): Promise<Result<Reached, HttpTrouble>> {
  const attemptWay = async (way: Way): Promise<Result<Reached, HttpTrouble>> => {
    const answer = await tryWay(new URL("/v2/", way.origin), way.trust);
    return answer.ok ? { ok: true, value: { way, answer: answer.value } } : answer;
  };
  const https = originOf(registry, "https");
  const http = originOf(registry, "http");

  if (trusted) {
    const secure = await attemptWay({ origin: https, trust: "anyone", loginMayGo: "anywhere" });
    return secure.ok ? secure : attemptWay({ origin: http, trust: "anyone", loginMayGo: "anywhere" });
  }
  const secure = await attemptWay({ origin: https, trust: "default", loginMayGo: "tls" });
  if (secure.ok) return secure;
  if (secure.failure.kind === "certificate") {
    return attemptWay({ origin: https, trust: "machine", loginMayGo: "tls" });
  }
  if (secure.failure.kind === "not-tls" && (await onPrivateAddress())) {
    return attemptWay({ origin: http, trust: "default", loginMayGo: "never" });
  }
  return secure;
}
