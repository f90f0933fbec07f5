import { expect, it } from "vitest";
import { createAdapters } from "./adapters.ts";

it("keeps a run's live journal from its hooks, which may start Gantry themselves", async () => {
  const adapters = createAdapters({ PATH: process.env["PATH"], GANTRY_JOURNAL: "/spool/journal", GANTRY_HOME: "/srv" });
  const runner = await adapters.hookRunner("/etc/hostname");
  const { exitCode, output } = await runner.run(["env"], { GANTRY_STATUS: "starting" }, 10);
  expect(exitCode).toBe(0);
  expect(output).toMatch(/^GANTRY_HOME=\/srv$/m);
  expect(output).not.toContain("GANTRY_JOURNAL");
});
