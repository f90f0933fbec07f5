import { beforeAll, describe, expect, it } from "vitest";
import { requestFor, rollOut } from "../../../test/fakes/rollout.ts";
import { FakeWorld } from "../../../test/fakes/world.ts";
import type { EventBody } from "../../engine/events.ts";
import { loadWords } from "../locales/language.ts";
import type { Words } from "../locales/words.ts";
import { ansibleRenderer } from "./ansible.ts";
import { frame } from "./board-frame.ts";
import { applyEvent, emptyBoard } from "../../contract/board-state.ts";
import { inquiryRenderer } from "./inquiry.ts";
import { paintFor } from "./paint.ts";
import { pythonJson } from "./python-json.ts";
import type { Renderer } from "./renderer.ts";
import { formatSeconds } from "./summary-table.ts";
import { columns } from "./table.ts";

const plain = paintFor(false);
let en: Words;
let zh: Words;

beforeAll(async () => {
  [en, zh] = await Promise.all([loadWords("en"), loadWords("zh")]);
});

/** The events of a release on three hosts of which the second goes back. */
async function events(): Promise<readonly EventBody[]> {
  const world = new FakeWorld();
  world.addImage("registry/demo1:v1");
  const hosts = ["lab1", "lab2", "lab3"].map((name) => world.addHost(name));
  for (const { name } of hosts) world.addContainer(name, "demo1-20261101.090000");
  world.faults.set("lab2 run", {
    reason: "port-taken",
    host: "lab2",
    port: "8080",
    container: "demo1-20261123.101010",
    detail: "in use",
  });
  return (await rollOut(world, requestFor("update", hosts))).events;
}

function render(all: readonly EventBody[], make: (write: (text: string) => void) => Renderer): string {
  let text = "";
  const renderer = make((more) => (text += more));
  all.forEach((event, index) => renderer.event({ ...event, v: 1, seq: index + 1, at: "2026-11-23T10:10:10.000Z" }));
  renderer.close();
  return text;
}

describe("the Ansible look", () => {
  it("has headlines of 79 columns, one line a host, and a recap with all seven counts", async () => {
    const text = render(await events(), (write) => ansibleRenderer(write, plain, en));
    for (const line of text.split("\n").filter((each) => /^(PLAY|TASK)/.test(each))) expect(line.length).toBe(80);
    expect(text).toContain('changed: [lab1] => {"changed": true, "stopped": ["demo1-20261101.090000"]');
    expect(text).toMatch(
      /fatal: \[lab2\]: FAILED! => \{"changed": false, "msg": "demo1-20261123\.101010 cannot start on lab2: port 8080 is taken/,
    );
    expect(text).toContain(
      "lab1                       : ok=4    changed=3    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0",
    );
    expect(text).toMatch(/lab2 +: ok=3 +changed=2 +unreachable=0 +failed=1 +skipped=0 +rescued=1 +ignored=0/);
  });

  it("ends with a table of versions and verdicts, also in Chinese", async () => {
    const all = await events();
    const text = render(all, (write) => ansibleRenderer(write, plain, zh));
    expect(text).toMatch(/主机 +之前版本 +当前版本 +结果 +耗时/);
    expect(text).toMatch(/lab2 +demo1-20261101\.090000 +demo1-20261101\.090000 +已恢复/);
    expect(text).toMatch(/lab3 +demo1-20261101\.090000 +demo1-20261101\.090000 +未改动 +-/);
  });
});

describe("the board", () => {
  it("shows hosts down and steps across, and why a host failed", async () => {
    const board = emptyBoard();
    for (const event of await events()) applyEvent(board, { ...event, v: 1, seq: 1, at: "2026-11-23T10:10:10.000Z" });
    const lines = frame(board, Date.parse("2026-11-23T10:10:20.000Z"), 24, en, plain).split("\n");
    expect(lines[1]).toBe("update demo1  stage · registry/demo1:v1 · 10.0s");
    expect(lines[3]).toMatch(/^ +find +pull +stop +run$/);
    expect(lines[4]).toMatch(/^lab1 +✓ +✔ +✔ +✔ +done /);
    expect(lines[5]).toMatch(/^lab2 +✓ +✔ +✔ +✗ +rescued /);
    expect(lines[6]).toMatch(/^lab3 +✓ +✔ +· +·$/);
    expect(board.whys).toHaveLength(1);
  });

  it("shows the bytes of a running download", () => {
    const board = emptyBoard();
    const step = { kind: "pull" as const, number: 2, of: 4, title: "" };
    const at = "2026-11-23T10:10:10.000Z";
    const base = { v: 1 as const, seq: 1, at };
    applyEvent(board, {
      ...base,
      type: "run-started",
      run: "r",
      mode: "update",
      environment: "stage",
      project: "demo1",
      image: undefined,
      hosts: ["lab1"],
      pattern: "demo1",
      user: "u",
      machine: "m",
    });
    board.steps = ["pull"];
    applyEvent(board, { ...base, type: "step-progress", host: "lab1", step, current: 12_500_000, total: 50_000_000 });
    expect(frame(board, Date.parse(at), 24, en, plain)).toContain("███░░░░░░░ 12.5/50.0 MB");
  });

  it("keeps to the terminal's height and says how many hosts are not shown", () => {
    const board = emptyBoard();
    const hosts = Array.from({ length: 50 }, (_, index) => `host${index}`);
    applyEvent(board, {
      v: 1,
      seq: 1,
      at: "2026-11-23T10:10:10.000Z",
      type: "run-started",
      run: "r",
      mode: "update",
      environment: "stage",
      project: "demo1",
      image: undefined,
      hosts,
      pattern: "all",
      user: "u",
      machine: "m",
    });
    const text = frame(board, board.startedAt, 24, en, plain);
    expect(text.split("\n").length).toBeLessThanOrEqual(24);
    expect(text).toContain("… +32");
  });
});

it("an inquiry prints hosts in the inventory's order, whichever answers first", () => {
  const step = { kind: "list" as const, number: 1, of: 1, title: "" };
  const started: EventBody = {
    type: "run-started",
    run: "r",
    mode: "inquiry",
    environment: "stage",
    project: "demo1",
    image: undefined,
    hosts: ["lab1", "lab2"],
    pattern: "all",
    user: "u",
    machine: "m",
  };
  const answer = (host: string): EventBody => ({
    type: "step-finished",
    host,
    step,
    status: "changed",
    seconds: 1,
    result: { table: `table of ${host}` },
  });
  const text = render([started, answer("lab2"), answer("lab1")], (write) => inquiryRenderer(write, plain, en));
  expect(text).toBe("lab1 | CHANGED | rc=0 >>\ntable of lab1\nlab2 | CHANGED | rc=0 >>\ntable of lab2\n");
});

it("JSON has Python's spaces, and line breaks inside strings stay escaped", () => {
  expect(pythonJson({ changed: false, list: [1, "a,\nb"], none: {} })).toBe(
    '{"changed": false, "list": [1, "a,\\nb"], "none": {}}',
  );
});

it("columns are aligned by what a terminal shows", () => {
  expect(
    columns([
      ["主机", "x"],
      ["lab1", "y"],
    ]),
  ).toEqual(["主机  x", "lab1  y"]);
});

it("durations read as people say them", () => {
  expect([0.42, 12.34, 65].map(formatSeconds)).toEqual(["0.4s", "12.3s", "1m05s"]);
});
