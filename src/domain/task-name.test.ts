import { expect, it } from "vitest";
import { taskNameCreated } from "./task-name.ts";

it("a log file is named for its order and the local time", () => {
  expect(taskNameCreated("project_group1", new Date(2026, 10, 23, 10, 10, 10))).toBe("project_group1.20261123.101010");
});
