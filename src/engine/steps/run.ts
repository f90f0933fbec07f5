import { FailureError, unwrap } from "../errors.ts";
import { awaitUp } from "../health.ts";
import type { StepExecutor } from "../step-context.ts";

/** Seconds that `docker run -d` may take: the image is there already. */
const DEADLINE = 120;

/** Starts the new version with the host's own docker CLI, then makes sure that it runs the pinned image and stays up. */
export const run: StepExecutor<"run"> = async ({ version, image, argv }, context) => {
  const { target } = context;
  const { docker, host } = target;
  const expected = unwrap(await docker.pin(image.reference, image.digest));
  const container = unwrap(await docker.run(version, argv, DEADLINE));
  const detail = unwrap(await docker.inspect(container));
  if (detail.imageId !== expected) {
    throw new FailureError({
      reason: "wrong-image",
      host: host.name,
      container: version,
      expected,
      found: detail.imageId,
    });
  }
  await awaitUp(version, context);
  return {
    status: "changed",
    result: { version, container: container.slice(0, 12), image: image.reference, digest: image.digest },
  };
};
