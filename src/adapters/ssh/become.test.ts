import { expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { becomeCommand } from "./become.ts";

test("without become the command stays as it is", () => {
  expect(becomeCommand(undefined, "M", ["id"])).toEqual(["id"]);
});

test("without a password sudo must not ask", () => {
  expect(becomeCommand({ user: "root" }, "M", ["id"])).toEqual(["sudo", "-H", "-n", "-u", "root", "--", "id"]);
});

test("with a password sudo asks with our marker, and the password is not in the command", () => {
  expect(becomeCommand({ user: "app", password: new Secret("pw") }, "M", ["id"])).toEqual(
    ["sudo", "-H", "-S", "-p", "M?", "-u", "app", "--", "id"], //
  );
});
