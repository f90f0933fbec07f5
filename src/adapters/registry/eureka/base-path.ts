import { fail, ok, type Result } from "../../../domain/result.ts";
import type { Failure, Outcome } from "../../../engine/errors.ts";
import { readApplications } from "./eureka-instance.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import type { PeerFailures } from "./peer-failures.ts";

/**
 * Where Eureka's REST interface may be below a peer's URL: the URL itself, Spring Cloud's path, that of Netflix's WAR.
 * The URLs that users configure are often the server's root.
 */
const places = ["", "/eureka", "/eureka/v2"];

/**
 * Finds the base of a peer's REST interface by asking for `<base>/apps`. Answers that are not Eureka's (a 404, another
 * program's page) lead to the next place; a refusal is told only when no place answers.
 *
 * @param get asks a URL; without an answer at all there is nothing to try next
 */
export async function findBase(
  url: string,
  failures: PeerFailures,
  get: (url: string) => Promise<Result<HttpAnswer, Failure>>,
): Promise<Outcome<string>> {
  const bases = places.map((place) => `${url}${place}`);
  let refusal: HttpAnswer | undefined;
  let other: HttpAnswer | undefined;
  for (const base of bases) {
    const asked = await get(`${base}/apps`);
    if (!asked.ok) return asked;
    const answer = asked.value;
    if (answer.status === 200 && readApplications(answer.body) !== undefined) return ok(base);
    if ([401, 403].includes(answer.status) || answer.status >= 500) refusal ??= answer;
    else if (answer.status !== 404) other ??= answer;
  }
  return fail(refusal === undefined ? failures.unknown(bases, other) : failures.refused(refusal));
}
