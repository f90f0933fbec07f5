import { unwrap } from "../errors.ts";
import type { StepExecutor } from "../step-context.ts";

/** Brings the pinned image to the host; a host that has it already downloads nothing. */
export const pull: StepExecutor<"pull"> = async ({ image }, { target, progress, abort }) => {
  let bytes = 0;
  const { pulled } = unwrap(
    await target.docker.pull(
      image.reference,
      image.digest,
      ({ current, total }) => {
        bytes = total;
        progress(current, total);
      },
      abort,
    ),
  );
  return {
    status: pulled ? "changed" : "ok",
    result: { image: image.reference, digest: image.digest, ...(pulled ? { bytes } : {}) },
  };
};
