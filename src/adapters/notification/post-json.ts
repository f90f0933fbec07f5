import { fail, ok, type Result } from "../../domain/result.ts";
import type { NotificationFailure } from "./message.ts";

/** Milliseconds until an answer has to be there, and bytes of it that are read. */
const DEADLINE = 10_000;
const LONGEST_ANSWER = 64 * 1024;

/** Posts JSON and reads the answer's text; redirects are not followed, since the next address is not the one configured. */
export async function postJson(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result<string, NotificationFailure>> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return fail({ reason: "misconfigured", detail: "the address is no http or https URL", again: false });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": "Gantry", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE),
    });
    const text = await readText(response);
    if (response.ok) return ok(text);
    const again = response.status >= 500 || response.status === 429 || response.status === 408;
    return fail({ reason: "refused", detail: `HTTP ${response.status}: ${excerpt(text)}`, again });
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError")
      return fail({ reason: "deadline", detail: `no answer within ${DEADLINE / 1000} s`, again: true });
    return fail({ reason: "unreachable", detail: causeOf(error), again: true });
  }
}

async function readText(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true });
    if (text.length > LONGEST_ANSWER) break;
  }
  return text;
}

/** Codes by which DingTalk, Feishu and WeCom say that there were too many messages lately. */
const TOO_MANY: ReadonlySet<unknown> = new Set([130_101, 11_232, 9499, 45_009, -1]);

/** The answer of a service that says in JSON, with status 200, whether it took the message. */
export function serviceCode(text: string, names: readonly string[]): Result<undefined, NotificationFailure> {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return fail({ reason: "refused", detail: `the answer is not the service's: ${excerpt(text)}`, again: false });
  }
  const fields = (typeof answer === "object" && answer !== null ? answer : {}) as Readonly<Record<string, unknown>>;
  const code = names.map((name) => fields[name]).find((value) => value !== undefined);
  if (code === 0) return ok(undefined);
  return fail({ reason: "refused", detail: excerpt(text), again: TOO_MANY.has(code) });
}

/** What went wrong, in the system's words: `fetch failed` says nothing. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as { code?: unknown };
  return typeof code === "string" ? code : cause.message;
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
