import { describe, expect, it } from "vitest";
import type { FleetSurvey, SurveyedVersion } from "../../contract/fleet.ts";
import { projectsOf, tagOf, type Released } from "./drift.ts";

const OLD = "demo1-20261120.090301";
const NEW = "demo1-20261123.101010";
const none: Released = { versions: new Map(), failedRuns: new Set() };

/** A version by its name; its image is known by `image`. */
function version(name: string, image = name, more: Partial<SurveyedVersion> = {}): SurveyedVersion {
  return {
    project: "demo1",
    version: name,
    image: `registry:5000/demo1:${image}`,
    imageId: `id-${image}`,
    state: "running",
    health: null,
    createdAt: "2026-11-23T10:10:10.000Z",
    startedAt: "2026-11-23T10:10:11.000Z",
    failed: false,
    run: "r1",
    user: "wang",
    digest: `sha256:${image}`,
    ...more,
  };
}

/** Hosts with these versions; null: the host cannot be reached. */
function survey(hosts: Readonly<Record<string, readonly SurveyedVersion[] | null>>, meant?: string[]): FleetSurvey {
  return {
    environment: "prod",
    at: "2026-11-25T10:00:00.000Z",
    milliseconds: 1,
    groups: [],
    hosts: Object.entries(hosts).map(([name, versions]) => ({
      name,
      address: name,
      failure: versions === null ? { reason: "host-unreachable" } : null,
      docker: null,
      milliseconds: 1,
      versions: [...(versions ?? [])],
    })),
    projects: [{ name: "demo1", hosts: meant ?? Object.keys(hosts), problem: null }],
  };
}

/** The marks of each host. */
function marks(of: FleetSurvey, released = none): Record<string, readonly string[]> {
  const [project] = projectsOf(of, released);
  return Object.fromEntries((project?.cells ?? []).map((cell) => [cell.host, cell.marks]));
}

describe("a host drifts", () => {
  it("when it runs another image than most", () => {
    expect(marks(survey({ a: [version(NEW)], b: [version(OLD)], c: [version(NEW)] }))).toEqual({
      a: [],
      b: ["differs"],
      c: [],
    });
  });

  it("not when the same image runs under another version's name, or on an engine with another id for it", () => {
    const sameDigest = version("demo1-20261124.101010", "v2", { imageId: "other" });
    const unlabelled = version("demo1-20261101.101010", "v2", { digest: null, run: null });
    expect(marks(survey({ a: [version(NEW, "v2")], b: [sameDigest], c: [unlabelled] }))).toEqual({
      a: [],
      b: [],
      c: [],
    });
  });

  it("when it runs the older of two that are on as many hosts", () => {
    expect(marks(survey({ a: [version(OLD)], b: [version(NEW)] }))).toEqual({ a: ["differs"], b: [] });
  });

  it("when nothing runs there, or what runs does not serve", () => {
    const exited = version(NEW, NEW, { state: "exited" });
    const ill = version(NEW, NEW, { health: "unhealthy" });
    const restarting = version(NEW, NEW, { state: "restarting" });
    expect(marks(survey({ a: [exited], b: [ill], c: [restarting], d: [version(NEW)], e: [] }))).toEqual({
      a: ["nothing"],
      b: ["unhealthy"],
      c: ["unhealthy"],
      d: [],
      e: ["nothing"],
    });
  });

  it("when two versions run, or one where the project is not meant to be", () => {
    const both = [version(NEW), version(OLD)];
    expect(marks(survey({ a: both, b: [version(NEW)], c: [version(NEW)] }, ["a", "b"]))).toEqual({
      a: ["several"],
      b: [],
      c: ["stray"],
    });
  });

  it("not when it cannot be asked", () => {
    const [project] = projectsOf(survey({ a: null, b: [version(NEW)] }), none);
    expect(project?.cells[0]).toMatchObject({ host: "a", version: null, state: "unknown", marks: [] });
  });
});

describe("against what the last successful release has left", () => {
  const released = (failedRuns: readonly string[] = []): Released => ({
    versions: new Map([["demo1", new Map([["a", NEW]])]]),
    failedRuns: new Set(failedRuns),
  });
  const later = "demo1-20261124.101010";

  it("an older version, one that nobody released, and one of a release that failed are drift", () => {
    expect(marks(survey({ a: [version(OLD)] }), released())).toEqual({ a: ["released"] });
    expect(marks(survey({ a: [version(later, later, { run: null })] }), released())).toEqual({ a: ["released"] });
    expect(marks(survey({ a: [version(later, later, { run: "r9" })] }), released(["r9"]))).toEqual({ a: ["released"] });
    const [project] = projectsOf(survey({ a: [version(OLD)] }), released());
    expect(project?.cells[0]?.expected).toBe(NEW);
  });

  it("that version is none, nor a newer one that Gantry has released without the console", () => {
    expect(marks(survey({ a: [version(NEW)] }), released())).toEqual({ a: [] });
    expect(marks(survey({ a: [version(later)] }), released())).toEqual({ a: [] });
  });
});

describe("a cell", () => {
  it("shows the version that serves, and counts those that could be started again", () => {
    const of = survey({
      a: [
        version("demo1-20261124.101010", "v3", { state: "exited", failed: true }),
        version(NEW, "v2"),
        version(OLD, "v1", { state: "exited" }),
        version("demo1-20261101.090000", "v0", { state: "dead" }),
      ],
    });
    expect(projectsOf(of, none)[0]?.cells[0]).toMatchObject({ version: NEW, tag: "v2", kept: 1, marks: [] });
  });

  it("is there for a host of the project only, or where it runs", () => {
    const of = survey({ a: [version(NEW)], b: [version(OLD, OLD, { state: "exited" })] }, ["a"]);
    expect(projectsOf(of, none)[0]?.cells.map(({ host }) => host)).toEqual(["a"]);
  });
});

it("an image is shown by its tag, or the beginning of its digest", () => {
  const digest = "a".repeat(64);
  expect(tagOf("registry:5000/ns/demo1:v1.2")).toBe("v1.2");
  expect(tagOf("registry:5000/ns/demo1")).toBe("latest");
  expect(tagOf(`registry/demo1@sha256:${digest}`)).toBe("a".repeat(12));
  expect(tagOf(`registry/demo1:v3@sha256:${digest}`)).toBe("v3");
  expect(tagOf(`sha256:${digest}`)).toBe("a".repeat(12));
});
