/** The server's word for what kept a run from going on, and what the place has said. */
export interface RunProblem {
  readonly reason: string;
  readonly detail: string;
}

/** Reads a run's problem, `reason: detail`; what has no such form is all detail. */
export function readRunProblem(problem: string): RunProblem {
  const [, reason = "", detail = ""] = /^([a-z]+(?:-[a-z]+)*)(?::\s*(.*))?$/s.exec(problem) ?? [];
  return reason === "" ? { reason: "", detail: problem } : { reason, detail };
}
