import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/closing-line.ts";

// Each group runs alone, after the one before: what measures times must not share the machine with the rest.
export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    projects: [
      { test: { name: "unit", include: ["src/**/*.test.ts", "test/fakes/**/*.test.ts"], testTimeout: 20_000 } },
      {
        test: {
          name: "console",
          sequence: { groupOrder: 1 },
          include: ["test/console/**/*.test.ts"],
          globalSetup: ["test/console/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      {
        test: {
          name: "web",
          sequence: { groupOrder: 2 },
          include: ["test/web/**/*.test.ts"],
          globalSetup: ["test/web/pages.setup.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          sequence: { groupOrder: 3 },
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/console/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "e2e",
          sequence: { groupOrder: 4 },
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/e2e/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
