import type { Result } from "../../domain/result.ts";
import type { HttpAnswer, HttpAsk, HttpTrouble } from "./http-exchange.ts";
import type { RegistryFailures } from "./registry-failures.ts";

export type Ask = Pick<HttpAsk, "method" | "headers" | "body">;

export interface RedirectRules {
  readonly send: (url: URL, ask: Ask) => Promise<Result<HttpAnswer, HttpTrouble>>;
  /** Whether HTTPS may lead to plain HTTP. */
  readonly downgrade: boolean;
  readonly failures: RegistryFailures;
}

const statuses = new Set([301, 302, 303, 307, 308]);
const mostHops = 5;

/**
 * Sends a request and follows redirects (registries send readers of blobs to storage servers). `Authorization` goes
 * only to the origin that it was meant for; a POST, whose body holds a secret, is not followed at all.
 *
 * @returns the last answer and where it came from; throws `registry-unreachable`
 */
export async function followRedirects(
  start: URL,
  ask: Ask,
  { send, downgrade, failures }: RedirectRules,
): Promise<{ readonly answer: HttpAnswer; readonly url: URL }> {
  const { authorization, ...others } = ask.headers;
  let url = start;
  for (let hop = 0; hop <= mostHops; hop++) {
    const own = authorization !== undefined && url.origin === start.origin;
    const exchange = await send(url, { ...ask, headers: own ? { ...others, authorization } : others });
    if (!exchange.ok) throw failures.unreachable(`${url.host}: ${exchange.failure.detail}`);
    const answer = exchange.value;
    const { location } = answer.headers;
    if (!statuses.has(answer.status) || location === undefined || ask.method === "POST") return { answer, url };

    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next === undefined || (next.protocol !== "https:" && next.protocol !== "http:")) {
      throw failures.unreachable(`${url.host} redirects to something that is not an HTTP address`);
    }
    if (next.protocol === "http:" && url.protocol === "https:" && !downgrade) {
      throw failures.unreachable(`${url.host} redirects from HTTPS to plain HTTP at ${next.host}`);
    }
    url = next;
  }
  throw failures.unreachable("too many redirects");
}
