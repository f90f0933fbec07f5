import type { Problem } from "../../contract/problem.ts";

type Extra = Pick<Problem, "fields" | "usedBy" | "currentVersion" | "freeze" | "retryAfter">;

/** What a handler throws to answer with a problem: an HTTP status, a stable word, and what a person should know. */
export class ProblemError extends Error {
  readonly status: number;
  readonly type: string;
  readonly extra: Extra;

  constructor(status: number, type: string, detail: string, extra: Extra = {}) {
    super(detail);
    this.status = status;
    this.type = type;
    this.extra = extra;
  }
}

export type FieldProblem = NonNullable<Problem["fields"]>[number];

export const notFound = (what: string): ProblemError =>
  new ProblemError(404, "not-found", `There is no such ${what}, or you may not see it.`);

export const invalid = (fields: readonly FieldProblem[]): ProblemError =>
  new ProblemError(400, "invalid", fields.map(({ field, message }) => `${field}: ${message}`).join("\n"), {
    fields: [...fields],
  });

/** Titles of statuses in problem documents. */
export const TITLES: Readonly<Record<number, string>> = {
  400: "The input is not valid",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  409: "It has changed meanwhile",
  413: "Too large",
  415: "Only JSON is accepted",
  429: "Too many tries",
  500: "A bug in Gantry",
  503: "Not available at the moment",
};

export const notAllowed = (permissions: readonly string[]): ProblemError =>
  new ProblemError(
    403,
    "not-allowed",
    `You may not do this here: it needs the permission ${permissions.map((permission) => `"${permission}"`).join(" or ")}.`,
  );
