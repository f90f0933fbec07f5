import type { Host } from "../../src/domain/host.ts";
import type { Mode } from "../../src/domain/mode.ts";
import { parseSerial } from "../../src/domain/serial.ts";
import type { EventBody, RunStatus } from "../../src/engine/events.ts";
import type { RunRequest } from "../../src/engine/plan.ts";
import { run } from "../../src/engine/run.ts";
import type { FakeWorld } from "./world.ts";

/** A request for the project demo1 with everything at its default. */
export function requestFor(
  mode: Mode,
  hosts: readonly Host[],
  more: Partial<RunRequest> & { serialText?: string } = {},
): RunRequest {
  const serial = parseSerial(more.serialText ?? "1");
  if (!serial.ok) throw new Error("bad serial in a test");
  const image = "registry/demo1:v1";
  return {
    run: "r1",
    mode,
    environment: "stage",
    project: "demo1",
    hosts,
    serial: serial.value,
    strategy: "stop-first",
    onFailure: "halt",
    force: false,
    hooks: { before: [], after: [], failed: [] },
    maxFailed: 0,
    maxUnreachable: 0,
    keep: 5,
    healthCheck: { docker: true, settle: 1000, bake: 0 },
    registry: undefined,
    drain: undefined,
    publishedPorts: [],
    checkTime: 120,
    stopTimeout: undefined,
    image: mode.startsWith("update") ? image : undefined,
    runArgv: (version) => ["docker", "run", "--name", version, "-d", image],
    to: undefined,
    user: "wang",
    machine: "control",
    startedAt: new Date(2026, 10, 23, 10, 10, 10),
    ...more,
  };
}

/** Runs a request on a fake world and returns how it ended and all events. */
export async function rollOut(
  world: FakeWorld,
  request: RunRequest,
  onEvent: (event: EventBody) => void = () => {},
  signals: { stop?: AbortSignal; abort?: AbortSignal } = {},
): Promise<{ status: RunStatus; events: readonly EventBody[] }> {
  const events: EventBody[] = [];
  const never = new AbortController().signal;
  const status = await run(request, "demo1", {
    fleet: world,
    registry: world.registry,
    hookRunner: world.hookRunner,
    clock: world.clock,
    stop: signals.stop ?? never,
    abort: signals.abort ?? never,
    emit: (event) => {
      events.push(event);
      onEvent(event);
    },
  });
  return { status, events };
}
