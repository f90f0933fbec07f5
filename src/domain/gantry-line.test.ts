import { describe, expect, it } from "vitest";
import { gantryLine } from "./gantry-line.ts";
import { splitShellWords } from "./shell-words.ts";

function read(line: string): ReturnType<typeof gantryLine> {
  return gantryLine(splitShellWords(line));
}

describe("a command that runs Gantry", () => {
  it.each([
    "main_docker_deploy",
    "/usr/local/bin/main_docker_deploy",
    "main_docker_deploy.py",
    "python main_docker_deploy.py",
    "/usr/bin/python2.7 -u main_docker_deploy.py",
    "env python3 main_docker_deploy.py",
    "/usr/bin/env PYTHONUNBUFFERED=1 python3.11 -u -B main_docker_deploy.py",
    "gantry main_docker_deploy",
  ])("may be called as %s", (program) => {
    expect(read(`${program} -e prod -m update -p demo1`)).toEqual({
      argv: ["gantry", "main_docker_deploy", "-e", "prod", "-m", "update", "-p", "demo1"],
      mode: "update",
      project: "demo1",
      environment: "prod",
      inventory: [],
    });
  });

  it("says in which folder the original's program was called", () => {
    expect(read("python /opt/skstack_plugins/pl_deploy_docker/main_docker_deploy.py -m inquery")).toMatchObject({
      folder: "/opt/skstack_plugins/pl_deploy_docker",
      mode: "inquiry",
    });
    expect(read("./main_docker_deploy.py")?.folder).toBe(".");
    expect(read("/main_docker_deploy.py")?.folder).toBe("/");
  });

  it("may name a mode", () => {
    expect(
      read("/opt/gantry/bin/gantry rollback demo1 -e stage -a 'lab1,lab2' --to 20261123.101010 -i a -i b"),
    ).toEqual({
      argv: ["gantry", ..."rollback demo1 -e stage -a lab1,lab2 --to 20261123.101010 -i a -i b".split(" ")],
      mode: "rollback",
      project: "demo1",
      environment: "stage",
      hosts: "lab1,lab2",
      to: "20261123.101010",
      inventory: ["a", "b"],
    });
  });
});

describe("options are read as the command line reads them", () => {
  const all = {
    mode: "update_hard",
    project: "demo1",
    environment: "prod",
    tag: "v2",
    hosts: "lab",
    wait: "auto",
    checkTime: "10",
    serial: "25%",
    taskName: "g1.20261123.101010",
    inventory: ["hosts"],
    home: "/srv",
  };

  it.each([
    "-e prod -p demo1 -m update_hard -t v2 -a lab -w auto -c 10 -s 25% -tnc g1.20261123.101010 -i hosts --home /srv",
    "-eprod -pdemo1 -mupdate_hard -tv2 -alab -wauto -c10 -s25% -tnc=g1.20261123.101010 -ihosts --home=/srv",
    "--Environment=prod --proj-docker=demo1 --ExecMode=update_hard --DockerImageTag=v2 --AnsibleHosts=lab --WaitTimes=auto --CheckTime=10 --serial=25% --task-name-created=g1.20261123.101010 --inventory=hosts --home=/srv",
    "--quiet --Environment dev --Environment prod --proj-docker demo1 --ExecMode update_hard --DockerImageTag v2 --AnsibleHosts lab --WaitTimes auto --CheckTime 10 --serial 25% --task-name-created g1.20261123.101010 --inventory hosts --home /srv",
  ])("main_docker_deploy %s", (options) => {
    expect(read(`main_docker_deploy ${options}`)).toMatchObject(all);
  });

  it.each([
    "update_hard demo1 -e prod -t v2 -a lab -w auto -c 10 -s 25% -tnc g1.20261123.101010 -i hosts --home /srv",
    "update_hard -eprod --tag=v2 --hosts=lab --wait=auto --check-time=10 --serial=25% --task-name-created=g1.20261123.101010 --inventory=hosts --home=/srv -- demo1",
  ])("gantry %s", (options) => {
    expect(read(`gantry ${options}`)).toMatchObject(all);
  });

  it("also where a value looks like an option, or means nothing given", () => {
    expect(read("main_docker_deploy -p -x -a none -tnc none -m nonsense -e=prod -t")).toEqual({
      argv: ["gantry", "main_docker_deploy", ..."-p -x -a none -tnc none -m nonsense -e=prod -t".split(" ")],
      project: "-x",
      environment: "=prod",
      inventory: [],
    });
  });
});

it.each([
  "gantry projects -e prod",
  "gantry plan update demo1",
  "gantry inquery demo1",
  "gantry",
  "python3 other.py main_docker_deploy.py",
  "python3 -c main_docker_deploy.py",
  "python3",
  "env GANTRY_HOME=/srv main_docker_deploy",
  "env -i main_docker_deploy",
  "env",
  "echo main_docker_deploy",
  "pythonista main_docker_deploy.py",
  "var_json_keys -e prod",
])("%s is a command like any other", (line) => {
  expect(read(line)).toBeUndefined();
});

it("no words are no command of Gantry", () => {
  expect(gantryLine([])).toBeUndefined();
});
