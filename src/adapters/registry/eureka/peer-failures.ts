import type { EurekaLogin } from "../../../domain/project.ts";
import type { Failure } from "../../../engine/errors.ts";
import type { PeerReport } from "../../../engine/registry-failure.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import { fieldsOf, parseJson, textOf } from "./json.ts";

/** How a peer fails, in facts that are free of its login. */
export interface PeerFailures {
  unreachable(detail: string): Failure;
  refused(answer: HttpAnswer): Failure;
  unknown(tried: readonly string[], answer: HttpAnswer | undefined): Failure;
}

/** The `Authorization` of a login (RFC 7617, UTF-8). */
export function authorizationOf(login: EurekaLogin): string {
  return `Basic ${Buffer.from(`${login.user}:${login.password.reveal()}`, "utf8").toString("base64")}`;
}

/** Makes the failures of one peer; a server that repeats the login in its answer cannot put it into a message. */
export function peerFailures(peer: string, login: EurekaLogin | undefined): PeerFailures {
  const secrets = login === undefined ? [] : [authorizationOf(login).slice(6), login.password.reveal()];
  const clean = (text: string) => {
    const hidden = secrets.filter((secret) => secret !== "");
    const masked = hidden.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
    const line = masked.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
    return line.length > 300 ? `${line.slice(0, 299)}…` : line;
  };
  const said = (answer: HttpAnswer) => clean([`HTTP ${answer.status}`, serverWords(answer)].filter(Boolean).join(": "));
  return {
    unreachable: (detail) => ({ reason: "peer-unreachable", peer, detail: clean(detail) }),
    refused: (answer) => ({ reason: "peer-refused", peer, status: answer.status, detail: said(answer) }),
    unknown: (tried, answer) => ({
      reason: "peer-unknown",
      peer,
      tried,
      detail: answer === undefined ? "" : said(answer),
    }),
  };
}

/** Spring's error answer has `error` and `message`; Netflix's answers are empty or a servlet container's page. */
function serverWords({ status, body }: HttpAnswer): string {
  if (status === 200) return "not an answer of Eureka";
  const { error, message } = fieldsOf(parseJson(body));
  return [textOf(error), textOf(message)].filter(Boolean).join(", ");
}

/** What a failure of a peer means in a list of all peers. */
export function reportFailure(peer: string, failure: Failure): PeerReport {
  const detail = "detail" in failure ? { detail: failure.detail } : {};
  return { peer, shows: failure.reason === "peer-unreachable" ? "unreachable" : "refused", ...detail };
}
