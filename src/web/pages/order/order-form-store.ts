import type { FormField, FormValues, Options } from "../../../contract/requests.ts";
import { variablesToRefresh } from "../../../domain/cascade.ts";
import { fittingValues, isTyped } from "./fitting-values.ts";

/** How the values of a variable that may be chosen are. */
export type Choices =
  /** It is typed. */
  | { readonly state: "typed" }
  /** Variables that it depends on have no value yet. */
  | { readonly state: "waiting"; readonly for: readonly string[] }
  | { readonly state: "loading"; readonly before: readonly string[] }
  | { readonly state: "ready"; readonly answer: Options }
  | { readonly state: "failed"; readonly answer: Options | undefined; readonly error: Error | undefined };

export type FetchOptions = (
  variable: string,
  values: FormValues,
  refresh: boolean,
  signal: AbortSignal,
) => Promise<Options>;

interface Fetching {
  readonly abort: AbortController;
  readonly number: number;
}

/** Milliseconds for which somebody may stop typing before what depends on the text is fetched. */
const TYPING = 400;

/**
 * The values of an order's form and what may be chosen for each: fetched parents first, fetched again when a parent
 * changes, an answer to an older question dropped.
 */
export class OrderFormStore {
  private readonly fields: readonly FormField[];
  private readonly fetch: FetchOptions;
  private readonly chosen = new Set<string>();
  private readonly choicesOf = new Map<string, Choices>();
  private readonly droppedOf = new Map<string, readonly string[]>();
  private readonly due = new Map<string, { readonly refresh: boolean }>();
  private readonly fetching = new Map<string, Fetching>();
  private readonly listeners = new Set<() => void>();
  private typing: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private changes = 0;
  private now: FormValues;

  /** `values`: those to begin with; variables that are not among them begin with their default. */
  constructor(fields: readonly FormField[], values: FormValues, fetch: FetchOptions) {
    this.fields = fields;
    this.fetch = fetch;
    this.now = this.begin(values);
  }

  get values(): FormValues {
    return this.now;
  }

  /** Whether nothing is being fetched. */
  get settled(): boolean {
    return this.due.size === 0 && this.fetching.size === 0;
  }

  choices(name: string): Choices {
    return this.choicesOf.get(name) ?? { state: "typed" };
  }

  /** Values that were there and may not be chosen any more. */
  dropped(name: string): readonly string[] {
    return this.droppedOf.get(name) ?? [];
  }

  /** What may be chosen, for the rules of the form; of what is not known, nothing. */
  get options(): ReadonlyMap<string, readonly string[]> {
    return new Map(
      [...this.choicesOf].flatMap(([name, choices]) =>
        choices.state === "ready" ? [[name, choices.answer.values] as const] : [],
      ),
    );
  }

  /** Begins to fetch, until the function that it returns is called. */
  open(): () => void {
    for (const { name } of this.fields) if (this.choices(name).state !== "ready") this.want(name, false);
    this.pump();
    return () => {
      clearTimeout(this.typing);
      for (const { abort } of this.fetching.values()) abort.abort();
      this.fetching.clear();
    };
  }

  /** Gives a variable other values; what depends on it is fetched again. */
  set(name: string, values: readonly string[]): void {
    this.chosen.add(name);
    this.droppedOf.delete(name);
    this.put(name, values);
    const typed = this.fields.some((field) => field.name === name && isTyped(field));
    this.refreshChildren(name);
    clearTimeout(this.typing);
    if (typed) this.typing = setTimeout(() => this.pump(), TYPING);
    else this.pump();
    this.tell();
  }

  /** Fetches what may be chosen anew, not from the server's memory. */
  refresh(name: string): void {
    this.want(name, true);
    this.pump();
    this.tell();
  }

  /** Begins anew with these values. */
  reset(values: FormValues): void {
    this.chosen.clear();
    this.droppedOf.clear();
    this.now = this.begin(values);
    for (const { name } of this.fields) this.want(name, false);
    this.pump();
    this.tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly version = (): number => this.changes;

  private begin(values: FormValues): FormValues {
    return Object.fromEntries(
      this.fields.map((field) => {
        // Every object has something called "constructor", which is a name for variables, too.
        const given = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
        if (given !== undefined) this.chosen.add(field.name);
        return [field.name, [...(given ?? (field.values === "input" ? field.default : []))]];
      }),
    );
  }

  private put(name: string, values: readonly string[]): void {
    this.now = { ...this.now, [name]: [...values] };
  }

  private refreshChildren(name: string): void {
    const variables = this.fields.map((field) => ({ name: field.name, parents: field.dependsOn }));
    for (const child of variablesToRefresh(variables, name)) this.want(child, false);
  }

  private want(name: string, refresh: boolean): void {
    const field = this.fields.find((each) => each.name === name);
    if (field?.values !== "options") return;
    this.fetching.get(name)?.abort.abort();
    this.fetching.delete(name);
    this.due.set(name, { refresh });
    const choices = this.choices(name);
    const before =
      choices.state === "ready" ? choices.answer.values : choices.state === "loading" ? choices.before : [];
    this.choicesOf.set(name, { state: "loading", before });
  }

  /** Fetches whatever is due and has its parents. */
  private pump(): void {
    for (const field of this.fields) {
      const due = this.due.get(field.name);
      if (due === undefined) continue;
      const parents = this.fields.filter(({ name }) => field.dependsOn.includes(name));
      if (parents.some(({ name }) => this.fetching.has(name))) continue;
      if (parents.some(({ name }) => this.due.has(name) && this.choices(name).state !== "waiting")) continue;
      const missing = parents.filter((parent) => parent.required && isEmpty(this.now[parent.name]));
      if (missing.length > 0) {
        this.choicesOf.set(field.name, { state: "waiting", for: missing.map(({ name }) => name) });
        continue;
      }
      void this.ask(field, due.refresh);
    }
    this.tell();
  }

  private async ask(field: FormField, refresh: boolean): Promise<void> {
    const { name } = field;
    const abort = new AbortController();
    const number = ++this.asked;
    this.due.delete(name);
    this.fetching.set(name, { abort, number });
    if (this.choices(name).state !== "loading") this.choicesOf.set(name, { state: "loading", before: [] });
    let choices: Choices;
    try {
      const answer = await this.fetch(name, this.now, refresh, abort.signal);
      choices = answer.status === "failed" ? { state: "failed", answer, error: undefined } : { state: "ready", answer };
    } catch (error) {
      choices = {
        state: "failed",
        answer: undefined,
        error: error instanceof Error ? error : new Error(String(error)),
      };
    }
    if (this.fetching.get(name)?.number !== number) return;
    this.fetching.delete(name);
    this.choicesOf.set(name, choices);
    if (choices.state === "ready") this.fit(field, choices.answer.values);
    this.pump();
  }

  /** Keeps of a variable's values what may be chosen now. */
  private fit(field: FormField, options: readonly string[]): void {
    const before = this.now[field.name] ?? [];
    const { values, dropped } = fittingValues(field, before, options, this.chosen.has(field.name));
    if (dropped.length > 0) this.droppedOf.set(field.name, dropped);
    if (values.join("\0") !== before.join("\0")) this.put(field.name, values);
  }

  private tell(): void {
    this.changes++;
    for (const listener of this.listeners) listener();
  }
}

function isEmpty(values: readonly string[] | undefined): boolean {
  return values === undefined || values.every((value) => value.trim() === "");
}
