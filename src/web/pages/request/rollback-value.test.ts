import { expect, it } from "vitest";
import { modeVariables, rollbackValues } from "./rollback-value.ts";

const value = (name: string, values: readonly string[], secret = false) => ({
  name,
  label: name,
  values: [...values],
  secret,
});

it("finds the variable that holds the mode, and no other", () => {
  const values = [
    value("project", ["demo1"]),
    value("DockerDeployMode", ["update"]),
    value("several", ["update", "x"]),
  ];
  expect(modeVariables(values)).toEqual(["DockerDeployMode"]);
  expect(modeVariables([value("key", ["update"], true), value("empty", [])])).toEqual([]);
});

it("rolls back only where that may be chosen", () => {
  expect(rollbackValues("mode", ["update", "rollback"])).toEqual({ mode: ["rollback"] });
  expect(rollbackValues("mode", ["update", "restart"])).toBeUndefined();
});
