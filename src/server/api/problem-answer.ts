import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from "fastify";
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from "fastify-type-provider-zod";
import type { Problem } from "../../contract/problem.ts";
import type { z } from "zod";
import { ProblemError, TITLES } from "./problem-error.ts";
import { zodFields } from "./zod-fields.ts";

/** Turns whatever a route has thrown into `application/problem+json`; bugs are logged, and tell nothing of the inside. */
export function answerProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request);
  if (problem.status >= 500) request.log.error({ err: error, reqId: request.id }, error.message);
  return reply.status(problem.status).type("application/problem+json").serializer(JSON.stringify).send(problem);
}

export function unknownPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(
    new ProblemError(404, "not-found", `There is nothing at ${request.method} ${request.url.split("?")[0]}.`),
    request,
    reply,
  );
}

function problemOf(error: FastifyError | Error, request: FastifyRequest): Problem {
  const make = (status: number, type: string, detail: string, extra: Partial<Problem> = {}): Problem => ({
    type,
    title: TITLES[status] ?? "It did not work",
    status,
    detail,
    instance: request.id,
    ...extra,
  });
  if (error instanceof ProblemError) return make(error.status, error.type, error.message, error.extra);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = zodFields(error.validation.map(issueOf));
    return make(400, "invalid", fields.map(({ field, message }) => `${field}: ${message}`).join("\n"), { fields });
  }
  if (isDatabaseGone(error))
    return make(
      503,
      "database-unavailable",
      "The database does not answer at the moment. Try again in a few seconds; nothing was changed.",
    );
  if (isBeyondDatabase(error))
    return make(
      400,
      "invalid",
      "A number is too large, or a text has a character that cannot be kept (NUL, or half of a pair of surrogates).",
    );
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status !== undefined && status >= 400 && status < 500 && !isResponseSerializationError(error))
    return make(status, STATUS_WORDS[status] ?? "bad-request", error.message);
  return make(
    500,
    "bug",
    `This is a bug in Gantry. Please report it with the id ${request.id} and the lines of the server's log that have it.`,
  );
}

/** The type provider takes zod's issues apart; this puts one together again. */
function issueOf({ keyword, instancePath, message, params }: FastifySchemaValidationError): z.core.$ZodIssue {
  const path = instancePath
    .split("/")
    .slice(1)
    .filter((part) => part !== "");
  return { ...params, code: keyword, path, message: message ?? "" } as unknown as z.core.$ZodIssue;
}

const STATUS_WORDS: Readonly<Record<number, string>> = { 413: "too-large", 415: "not-json", 429: "too-many-requests" };

/** A connection that was refused, closed or timed out, as Node and PostgreSQL (class 08, 57P) name it. */
function isDatabaseGone(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|08...|57P0[123])$/.test(code) ||
    /Connection terminated|connection timeout|timeout exceeded when trying to connect/i.test(error.message)
  );
}

/**
 * Input that fits its schema and no column: a number out of range (22003), NUL (22021), and in JSON NUL (22P05) and half
 * of a pair of surrogates (22P02).
 */
function isBeyondDatabase(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return /^(22003|22021|22P05)$/.test(code) || (code === "22P02" && error.message.endsWith("type json"));
}
