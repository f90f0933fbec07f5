import type { Result } from "../../domain/result.ts";

/** What people are told, and what programs get of it. */
export interface Message {
  readonly title: string;
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[];
  /** Where to look, or decide. */
  readonly link: { readonly label: string; readonly url: string };
  /** Of webhooks: the whole body, and the word of the event. */
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Why a message did not arrive; `again`: it may, later. The detail never holds the address, which is a secret. */
export interface NotificationFailure {
  readonly reason: "unreachable" | "deadline" | "refused" | "misconfigured";
  readonly detail: string;
  readonly again: boolean;
}

export type Delivery = Result<undefined, NotificationFailure>;

/** Sends a message; resolves within half a minute. */
export type Send = (message: Message) => Promise<Delivery>;
