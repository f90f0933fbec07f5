import type { ChangeEvent } from "react";
import { useCallback, useState } from "react";

/** What a form of a definition gets. */
export interface FormProps<T> {
  readonly data: T;
  readonly set: <F extends keyof T>(field: F, value: T[F]) => void;
  /** What is wrong with a field. */
  readonly at: (field: string) => string | undefined;
}

export interface Draft<T> {
  readonly data: T;
  readonly set: FormProps<T>["set"];
  /** Differs from what it began with. */
  readonly dirty: boolean;
  /** Begins anew with this; `data`: what is shown, where it is not that. */
  readonly reset: (base: T, data?: T) => void;
}

/** What is typed, and what it began with. */
export function useDraft<T extends object>(base: T, begin: T = base): Draft<T> {
  const [state, setState] = useState({ base, data: begin });
  const set = useCallback<FormProps<T>["set"]>(
    (field, value) => setState((old) => ({ ...old, data: { ...old.data, [field]: value } })),
    [],
  );
  const reset = useCallback((next: T, data: T = next) => setState({ base: next, data }), []);
  return { data: state.data, set, reset, dirty: !sameJson(state.base, state.data) };
}

/** Whether two values are the same as JSON, whatever the order of their fields. */
export function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left, sortedFields) === JSON.stringify(right, sortedFields);
}

function sortedFields(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

type FieldsOf<T, V> = { [F in keyof T]: [T[F], V] extends [V, T[F]] ? F : never }[keyof T] & string;

/** What inputs need to show and change fields: `<TextInput {...bind.text("name")} />`. */
export function bindings<T>({ data, set, at }: FormProps<T>) {
  return {
    text: (field: FieldsOf<T, string>) => ({
      value: data[field] as string,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        set(field, event.currentTarget.value as T[typeof field]),
      error: at(field),
    }),
    check: (field: FieldsOf<T, boolean>) => ({
      checked: data[field] as boolean,
      onChange: (event: ChangeEvent<HTMLInputElement>) => set(field, event.currentTarget.checked as T[typeof field]),
      error: at(field),
    }),
    number: (field: FieldsOf<T, number>) => ({
      value: data[field] as number,
      onChange: (value: number | null) => {
        if (value !== null) set(field, value as T[typeof field]);
      },
      error: at(field),
    }),
    optionalNumber: (field: FieldsOf<T, number | null>) => ({
      nullable: true,
      value: data[field] as number | null,
      onChange: (value: number | null) => set(field, value as T[typeof field]),
      error: at(field),
    }),
  };
}
