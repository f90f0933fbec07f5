import { afterEach, beforeEach, expect, it } from "vitest";
import { fakeAdapters, HomeTree, runCommandLine, type Printed } from "../../../test/fakes/command-line.ts";
import { FakeWorld } from "../../../test/fakes/world.ts";

let world: FakeWorld;
let tree: HomeTree;

beforeEach(() => {
  world = new FakeWorld();
  tree = new HomeTree();
  tree.configure({ demo1: {} });
  tree.write("hosts", "[demo1]\nlab1\nlab2\n");
  for (const name of ["lab1", "lab2"]) world.addHost(name);
  world.addContainer("lab1", "demo1-20261120.101010");
  world.addContainer("lab1", "demo1-20261101.101010", { state: "exited", image: "registry/demo1:v1" });
  world.addContainer("lab2", "demo1-20261120.101010", { state: "exited", image: "registry/demo1:v2" });
});
afterEach(() => tree.remove());

function gantry(...argv: readonly string[]): Promise<Printed> {
  return runCommandLine(argv, { env: tree.env, adapters: fakeAdapters(world, tree.env) });
}

it("prints what can be rolled back to, newest first, with image and hosts", async () => {
  expect(await gantry("versions", "demo1", "-e", "stage")).toEqual({
    code: 0,
    stdout: "demo1-20261120.101010  registry/demo1:v2  lab2\ndemo1-20261101.101010  registry/demo1:v1  lab1\n",
    stderr: "",
  });
  const { stdout } = await gantry("versions", "demo1", "-e", "stage", "-a", "lab1", "--json");
  expect(JSON.parse(stdout)).toEqual([
    { version: "demo1-20261101.101010", image: "registry/demo1:v1", hosts: ["lab1"] },
  ]);
});

it("prints what the others keep when a host cannot be asked, and says which", async () => {
  world.faults.set("lab1 open", { reason: "host-unreachable", host: "lab1", address: "lab1", detail: "no route" });
  const { code, stdout, stderr } = await gantry("versions", "demo1", "-e", "stage");
  expect({ code, stdout }).toEqual({ code: 4, stdout: "demo1-20261120.101010  registry/demo1:v2  lab2\n" });
  expect(stderr).toMatch(/lab1.*no route/);
});
