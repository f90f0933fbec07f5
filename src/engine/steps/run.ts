import { isUp } from "../../domain/container.ts";
import { FailureError, unwrap } from "../errors.ts";
import { awaitUp } from "../health.ts";
import type { StepExecutor } from "../step-context.ts";

/** Seconds that `docker run -d` may take: the image is there already. */
const DEADLINE = 120;

/** Starts the new version with the host's own docker CLI, then makes sure that it runs the pinned image and stays up. */
export const run: StepExecutor<"run"> = async ({ version, image, argv, beside }, context) => {
  const { target, plan } = context;
  const { docker, host } = target;
  const up = unwrap(await docker.containers(plan.project)).filter(isUp);
  const found = up.map(({ name }) => name);
  if (found.some((name) => !beside.includes(name))) {
    throw new FailureError({
      reason: "changed-underneath",
      host: host.name,
      expected: beside.join(", "),
      found: found.join(", "),
    });
  }
  const expected = unwrap(await docker.pin(image.reference, image.digest));
  context.memory.touched = true;
  context.memory.startedSince = context.clock.now();
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
