import type { RequestDetail, Run } from "../../../contract/requests.ts";

/** The run of what was approved; null while there is none, even where the pre-task has run before the approval. */
export function mainRunOf({ run, preRun }: Pick<RequestDetail, "run" | "preRun">): Run | null {
  return run === null || run.id === preRun?.id ? null : run;
}
