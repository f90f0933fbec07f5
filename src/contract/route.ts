import type { z } from "zod";
import type { Permission } from "./states.ts";

/** One operation of the API: what goes in, what comes out, and who may call it. */
export interface Route {
  readonly summary: string;
  readonly tag: string;
  /** `anyone`: without signing in; `account`: whoever is signed in; else who has the permission, or one of them. */
  readonly access: "anyone" | "account" | Permission | readonly Permission[];
  /** Not with an API token, only by somebody who has signed in: what changes how one signs in. */
  readonly session?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent: 204 without a body. `bytes`: not JSON. */
  readonly answer?: z.ZodType | "bytes";
  /** Status of success; 200, or 204 without a body. */
  readonly status?: 201 | 202;
}

/** `METHOD /path` with `:name` for parameters. */
export type RouteName = `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;

type In<T> = T extends z.ZodType ? z.input<T> : undefined;
type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Out<T> = T extends z.ZodType ? z.output<T> : T extends "bytes" ? Uint8Array : undefined;

/** What a caller gives. */
export interface CallOf<R extends Route> {
  readonly params: In<R["params"]>;
  readonly query: In<R["query"]>;
  readonly body: In<R["body"]>;
}
/** What a handler gets: checked, with defaults filled in. */
export interface ParsedOf<R extends Route> {
  readonly params: Parsed<R["params"]>;
  readonly query: Parsed<R["query"]>;
  readonly body: Parsed<R["body"]>;
}
export type AnswerOf<R extends Route> = Out<R["answer"]>;

/** The permissions of which a caller needs one; undefined: none. */
export function neededFor({ access }: Route): readonly Permission[] | undefined {
  if (access === "anyone" || access === "account") return undefined;
  return typeof access === "string" ? [access] : access;
}
