import { describe, expect, it } from "vitest";
import { checkOrder, type OrderParts } from "./order-check.ts";

const order: OrderParts = {
  preTask: "# look first\n/opt/check.sh {project}",
  mainTask: "main_docker_deploy -e {sk__env} -m {ExecMode} -p {project} -s {size} -tnc {sk__task_name_created}",
  postTask: "",
  builtIn: { size: "1" },
  variables: [
    { name: "project", secret: false },
    { name: "ExecMode", secret: false },
    { name: "token", secret: true },
  ],
};

function problems(change: Partial<OrderParts>): unknown {
  return checkOrder({ ...order, ...change });
}

describe("an order", () => {
  it("whose parts fit has no problem", () => {
    expect(checkOrder(order)).toEqual([]);
  });

  it("is told of every task's problems, each in its field", () => {
    expect(
      problems({ preTask: "a | b", mainTask: "\n c {projct} {token}", postTask: "shell: '{project}'" }),
    ).toMatchObject([
      { field: "preTask", line: 1, column: 3, reason: "words" },
      { field: "mainTask", line: 2, column: 4, reason: "unknown-variable", name: "projct", near: ["project"] },
      { field: "mainTask", line: 2, column: 13, reason: "secret", variable: "GANTRY_SECRET_token" },
      { field: "postTask", line: 1, column: 9, reason: "quoted-placeholder", name: "project" },
    ]);
  });

  it("may read a secret from the environment", () => {
    expect(problems({ mainTask: 'shell: login --password "$GANTRY_SECRET_token"' })).toEqual([]);
  });

  it("needs a command in its main task", () => {
    expect(problems({ mainTask: "\n# later\n" })).toEqual([{ field: "mainTask", reason: "no-command" }]);
  });

  it("must not define a name twice, nor one of the system's", () => {
    const variables = ["project", "size", "project", "sk__env", "ExecMode"].map((name) => ({ name, secret: false }));
    expect(problems({ builtIn: { size: "1", sk__own: "x" }, variables })).toEqual([
      { field: "builtIn", reason: "reserved-name", name: "sk__own" },
      { field: "variableGroup", reason: "defined-twice", name: "size", other: "builtIn" },
      { field: "variableGroup", reason: "defined-twice", name: "project", other: "variableGroup" },
      { field: "variableGroup", reason: "reserved-name", name: "sk__env" },
    ]);
  });

  it("must not hold what no argument or environment variable can", () => {
    const variables = [...order.variables, { name: "密码", secret: true }];
    expect(problems({ builtIn: { size: "1", a: "\0", b: "\udc00" }, variables })).toEqual([
      { field: "builtIn", reason: "nul", name: "a" },
      { field: "builtIn", reason: "ill-formed", name: "b" },
      { field: "variableGroup", reason: "secret-name", name: "密码" },
    ]);
  });
});
