import type { EntryKind } from "./sections.ts";

/** Something that a reference may name. */
export interface Named {
  readonly kind: EntryKind;
  readonly id: number;
  readonly name: string;
  /** Id of the environment that it is in. */
  readonly environment: number | null;
}

export type Found = { readonly id: number } | { readonly problem: string };

/**
 * What a name stands for, as seen from something in an environment: the one of that name in the same environment, else
 * in none, else the only one there is. `{ environment, name }` says it fully.
 */
export function findNamed(target: EntryKind, value: unknown, from: number | null, all: readonly Named[]): Found {
  const what = target.replace("_", " ");
  const full = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  const name = full === undefined ? value : full["name"];
  if (typeof name !== "string") return { problem: `Give the name of the ${what}.` };
  const named = all.filter((one) => one.kind === target && one.name === name);
  if (full !== undefined) {
    const environment = all.find((one) => one.kind === "environment" && one.name === full["environment"]);
    const there = named.find((one) => one.environment === (environment?.id ?? null));
    return (
      there ?? { problem: `There is no ${what} ${name} in the environment ${JSON.stringify(full["environment"])}.` }
    );
  }
  const nearest =
    named.find(({ environment }) => environment === from) ??
    named.find(({ environment }) => environment === null) ??
    (named.length === 1 ? named[0] : undefined);
  if (nearest !== undefined) return nearest;
  return {
    problem:
      named.length === 0
        ? `There is no ${what} ${name}.`
        : `There are several of the name ${name}: write { environment: ..., name: ${name} }.`,
  };
}

/** The shortest that `findNamed` finds it by. */
export function nameOf(target: EntryKind, id: unknown, from: number | null, all: readonly Named[]): unknown {
  const one = all.find((other) => other.kind === target && other.id === id);
  if (one === undefined) return id;
  const found = findNamed(target, one.name, from, all);
  if ("id" in found && found.id === id) return one.name;
  const environment = all.find((other) => other.kind === "environment" && other.id === one.environment);
  return { environment: environment?.name ?? null, name: one.name };
}
