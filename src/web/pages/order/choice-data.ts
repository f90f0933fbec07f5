import { visibleText } from "../../logs/visible-text.ts";

/** Options that are drawn at once; of more, those that match what is typed. */
export const SHOWN_OPTIONS = 200;
/** More than so many are not drawn side by side, but in a list that can be searched. */
export const MOST_BUTTONS = 40;

/** A value as select boxes want it: they know neither the empty value nor one that stands twice. */
export interface ChoiceItem {
  readonly value: string;
  readonly label: string;
}

/** The values as items, each once. */
export function choiceItems(values: readonly string[], emptyLabel: string): ChoiceItem[] {
  return [...new Set(values)].map((value) => ({
    value: itemOf(value),
    label: value === "" ? emptyLabel : visibleText(value),
  }));
}

export function itemOf(value: string): string {
  return `=${value}`;
}

export function valueOf(item: string): string {
  return item.slice(1);
}
