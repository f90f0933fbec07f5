import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FormField, FormValues, Options } from "../../../contract/requests.ts";
import { OrderFormStore } from "./order-form-store.ts";

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  description: "",
  formType: "select",
  values: "options",
  default: [],
  required: true,
  pattern: "",
  min: null,
  max: null,
  secret: false,
  dependsOn: [],
  ...more,
});

const options = (values: readonly string[], status: Options["status"] = "fresh"): Options => ({
  values: [...values],
  status,
  fetchedAt: null,
  milliseconds: 1,
  bytes: 1,
});

/** A server that answers when it is told to. */
class Server {
  readonly asked: { readonly variable: string; readonly values: FormValues; readonly refresh: boolean }[] = [];
  private readonly answers: ((answer: Options | Error) => void)[] = [];

  readonly fetch = (variable: string, values: FormValues, refresh: boolean): Promise<Options> => {
    this.asked.push({ variable, values, refresh });
    return new Promise((resolve, reject) => {
      this.answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
  };

  async answer(index: number, answer: Options | Error): Promise<void> {
    this.answers[index]?.(answer);
    await vi.advanceTimersByTimeAsync(1);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const project = field("project", { default: ["demo1"] });
const tag = field("tag", { dependsOn: ["project"] });

describe("a form with a cascade", () => {
  it("fetches parents first, and their children with the parents' default", async () => {
    const server = new Server();
    const store = new OrderFormStore([tag, project], {}, server.fetch);
    store.open();
    expect(server.asked.map(({ variable }) => variable)).toEqual(["project"]);
    expect(store.choices("tag").state).toBe("loading");
    await server.answer(0, options(["demo1", "demo2"]));
    expect(server.asked[1]).toEqual({ variable: "tag", values: { tag: [], project: ["demo1"] }, refresh: false });
    await server.answer(1, options(["v1"]));
    expect(store.values).toEqual({ project: ["demo1"], tag: ["v1"] });
    expect(store.settled).toBe(true);
  });

  it("fetches children again when a parent changes, and drops the answer to the older question", async () => {
    const server = new Server();
    const store = new OrderFormStore([project, tag], {}, server.fetch);
    store.open();
    await server.answer(0, options(["demo1", "demo2"]));
    store.set("project", ["demo2"]);
    expect(server.asked.map(({ variable, values }) => [variable, values["project"]])).toEqual([
      ["project", []],
      ["tag", ["demo1"]],
      ["tag", ["demo2"]],
    ]);
    await server.answer(2, options(["new", "newer"]));
    await server.answer(1, options(["old"]));
    expect(store.choices("tag")).toMatchObject({ state: "ready", answer: { values: ["new", "newer"] } });
    expect(store.values["tag"]).toEqual([]);
  });

  it("keeps a child's value that may still be chosen, and says which may not", async () => {
    const server = new Server();
    const store = new OrderFormStore([project, tag], { tag: ["v1"] }, server.fetch);
    store.open();
    await server.answer(0, options(["demo1", "demo2"]));
    await server.answer(1, options(["v1", "v2"]));
    expect(store.values["tag"]).toEqual(["v1"]);
    store.set("project", ["demo2"]);
    await server.answer(2, options(["v2", "v3"]));
    expect(store.values["tag"]).toEqual([]);
    expect(store.dropped("tag")).toEqual(["v1"]);
  });

  it("waits for a parent that is needed, and not for one that is optional", async () => {
    const server = new Server();
    const needed = field("needed");
    const optional = field("optional", { required: false });
    const store = new OrderFormStore(
      [needed, optional, field("a", { dependsOn: ["needed"] }), field("b", { dependsOn: ["optional"] })],
      {},
      server.fetch,
    );
    store.open();
    await server.answer(0, options(["x", "y"]));
    await server.answer(1, options(["x", "y"]));
    expect(store.choices("a")).toEqual({ state: "waiting", for: ["needed"] });
    expect(server.asked.map(({ variable }) => variable)).toEqual(["needed", "optional", "b"]);
    store.set("needed", ["y"]);
    expect(server.asked.at(-1)?.variable).toBe("a");
  });

  it("reaches grandchildren through children, in order", async () => {
    const server = new Server();
    const store = new OrderFormStore(
      [field("c", { dependsOn: ["b"] }), field("b", { dependsOn: ["a"] }), field("a")],
      { a: ["1"], b: ["1"], c: ["1"] },
      server.fetch,
    );
    store.open();
    await server.answer(0, options(["1", "2"]));
    await server.answer(1, options(["1"]));
    await server.answer(2, options(["1"]));
    store.set("a", ["2"]);
    await server.answer(3, options(["2"]));
    expect(server.asked.at(-1)).toEqual({ variable: "c", values: { a: ["2"], b: ["2"], c: ["1"] }, refresh: false });
  });

  it("does not ask for every letter of a text that something depends on", async () => {
    const server = new Server();
    const text = field("text", { formType: "text", values: "input" });
    const store = new OrderFormStore([text, field("child", { dependsOn: ["text"] })], {}, server.fetch);
    store.open();
    for (const typed of ["d", "de", "demo"]) store.set("text", [typed]);
    expect(server.asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(500);
    expect(server.asked.map(({ values }) => values["text"])).toEqual([["demo"]]);
  });
});

describe("what may be chosen", () => {
  it("can fail, by the source or on the way, and be fetched again", async () => {
    const server = new Server();
    const store = new OrderFormStore([project, field("other")], { project: ["demo1"] }, server.fetch);
    store.open();
    await server.answer(0, options([], "failed"));
    await server.answer(1, new Error("network"));
    expect(store.choices("project")).toMatchObject({ state: "failed", answer: { status: "failed" } });
    expect(store.choices("other")).toMatchObject({ state: "failed", error: { message: "network" } });
    expect(store.values["project"]).toEqual(["demo1"]);
    store.refresh("project");
    expect(server.asked.at(-1)).toMatchObject({ variable: "project", refresh: true });
    await server.answer(2, options(["demo1"], "stale"));
    expect(store.choices("project")).toMatchObject({ state: "ready", answer: { status: "stale" } });
  });

  it("sets the default only where nobody has chosen otherwise", async () => {
    const server = new Server();
    const several = field("hosts", { formType: "checkboxes", default: ["a", "gone", "b"] });
    const store = new OrderFormStore([several, project], { project: ["demo2"] }, server.fetch);
    store.open();
    await server.answer(0, options(["a", "b", "c"]));
    await server.answer(1, options(["demo1", "demo2"]));
    expect(store.values).toEqual({ hosts: ["a", "b"], project: ["demo2"] });
  });

  it("is the value at once where it is the only one and one is needed", async () => {
    const server = new Server();
    const store = new OrderFormStore([field("a"), field("b", { required: false })], {}, server.fetch);
    store.open();
    await server.answer(0, options(["only"]));
    await server.answer(1, options(["only"]));
    expect(store.values).toEqual({ a: ["only"], b: [] });
  });

  it("is proposed as the text of a variable that is typed", async () => {
    const server = new Server();
    const store = new OrderFormStore(
      [field("line", { formType: "text" }), field("lines", { formType: "textarea" })],
      {},
      server.fetch,
    );
    store.open();
    await server.answer(0, options(["one", "two"]));
    await server.answer(1, options(["one", "two"]));
    expect(store.values).toEqual({ line: ["one"], lines: ["one\ntwo"] });
  });
});

it("begins anew with other values", async () => {
  const server = new Server();
  const store = new OrderFormStore([project], { project: ["demo2"] }, server.fetch);
  store.open();
  await server.answer(0, options(["demo1", "demo2"]));
  store.reset({});
  await server.answer(1, options(["demo1", "demo2"]));
  expect(store.values).toEqual({ project: ["demo1"] });
});

it("begins with no value for a variable whose name every object has", () => {
  const store = new OrderFormStore([field("constructor", { values: "input" })], {}, new Server().fetch);
  expect(store.values).toEqual({ constructor: [] });
});
