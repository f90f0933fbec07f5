import { unwrap } from "../errors.ts";
import type { StepExecutor } from "../step-context.ts";

/** Docker's own table of the project's containers, and the same as data. */
export const list: StepExecutor<"list"> = async (_step, { target, plan }) => {
  const [table, versions] = await Promise.all([
    target.docker.table(plan.project),
    target.docker.containers(plan.project),
  ]);
  return {
    status: "changed",
    result: {
      table: unwrap(table),
      versions: unwrap(versions).map(({ name, image, state, status, created, labels }) => ({
        name,
        image,
        state,
        status,
        created,
        digest: labels["gantry.digest"] ?? null,
        run: labels["gantry.run"] ?? null,
      })),
    },
  };
};
