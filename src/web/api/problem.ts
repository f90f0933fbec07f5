import type { Problem } from "../../contract/problem.ts";

/** What is wrong with one field of what was sent. */
export type FieldProblem = NonNullable<Problem["fields"]>[number];

/**
 * An answer that is no success. Without an answer its type is `network` (nothing came back) or `timeout` (nothing came
 * back in time), and its status 0.
 */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  get fields(): readonly FieldProblem[] {
    return this.problem.fields ?? [];
  }
}

/** The problem that an answer tells of; whatever stands between page and server may answer with something else. */
export async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: "http",
    title: response.statusText === "" ? `HTTP ${response.status}` : response.statusText,
    status: response.status,
  };
  if (response.headers.get("content-type")?.includes("json") !== true) return fallback;
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null || !("title" in body)) return fallback;
  return { ...fallback, ...(body as Partial<Problem>), status: response.status };
}
