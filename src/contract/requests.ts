import { z } from "zod";
import { Approval, AskedLevel, Vote } from "./approvals.ts";
import { FORM_TYPES } from "./definitions.ts";
import { Freeze } from "./freeze-window.ts";
import { REQUEST_ACTIONS, REQUEST_STATES, RUN_STATES, type RequestAction } from "./states.ts";

/** The chosen or typed values of each variable, by its name; a text has one. */
export const FormValues = z.record(z.string().max(50), z.array(z.string().max(100_000)).max(10_000));
export type FormValues = z.infer<typeof FormValues>;

/** One input of an order's form. */
export const FormField = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string(),
  formType: z.enum(FORM_TYPES),
  /** `options`: the values are fetched from the server; `input`: typed. */
  values: z.enum(["options", "input"]),
  default: z.array(z.string()),
  required: z.boolean(),
  pattern: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  secret: z.boolean(),
  /** The variables whose values its own depend on. */
  dependsOn: z.array(z.string()),
});
export type FormField = z.infer<typeof FormField>;

/** The values of a variable that may be chosen. */
export const Options = z.object({
  values: z.array(z.string()),
  /** `fresh`: fetched now; `cached`: fetched lately; `stale`: the last good answer, since fetching failed now. */
  status: z.enum(["fresh", "cached", "stale", "failed"]),
  /** What came of fetching, where it failed: what, why and what to do. */
  problem: z.string().optional(),
  fetchedAt: z.string().nullable(),
  milliseconds: z.number(),
  bytes: z.number(),
  /** What a script printed, cut, where its output could not be read. */
  output: z.string().optional(),
});
export type Options = z.infer<typeof Options>;

const OrderRef = z.object({ id: z.number(), name: z.string(), version: z.number() });

/** An order as its submitter sees it. */
export const OrderForm = z.object({
  id: z.number(),
  name: z.string(),
  version: z.number(),
  description: z.string(),
  environment: z.object({ id: z.number(), name: z.string(), colour: z.string(), protected: z.boolean() }),
  category: z.string().nullable(),
  configCentre: z.string(),
  schedulable: z.boolean(),
  background: z.boolean(),
  lock: z.enum(["queue", "refuse", "none"]),
  /** Whether it is active, no template, and has what it needs; else why not. */
  unavailable: z.string().nullable(),
  fields: z.array(FormField),
});
export type OrderForm = z.infer<typeof OrderForm>;

export const OrderListItem = z.object({
  id: z.number(),
  name: z.string(),
  summary: z.string(),
  environment: z.object({ id: z.number(), name: z.string(), colour: z.string(), protected: z.boolean() }),
  category: z.string().nullable(),
  favourite: z.boolean(),
  last: z
    .object({
      request: z.number(),
      state: z.enum(REQUEST_STATES),
      at: z.string(),
      by: z.string(),
      values: z.string(),
    })
    .nullable(),
});
export type OrderListItem = z.infer<typeof OrderListItem>;

const TASKS = ["pre", "main", "post"] as const;

/** One command as it will run. */
export const CommandLine = z.object({
  task: z.enum(TASKS),
  /** Arguments; a shell line has one, the line. */
  argv: z.array(z.string()),
  shell: z.boolean(),
  /** Runs Gantry, with a board. */
  gantry: z.boolean(),
});
export type CommandLine = z.infer<typeof CommandLine>;

/** What a Gantry line would do, host by host, and what runs there now. */
export const PlanPreview = z.object({
  mode: z.string(),
  project: z.string(),
  environment: z.string(),
  image: z.string().nullable(),
  /** Batches of hosts, in order. */
  batches: z.array(z.array(z.string())),
  steps: z.array(z.string()),
  hosts: z.array(
    z.object({
      host: z.string(),
      reachable: z.boolean(),
      running: z.array(z.string()),
      image: z.string().nullable(),
      problem: z.string().nullable(),
    }),
  ),
  problem: z.string().nullable(),
});
export type PlanPreview = z.infer<typeof PlanPreview>;

export const Preview = z.object({
  lines: z.array(CommandLine),
  /** Where it would run. */
  place: z.string(),
  lock: z.object({
    policy: z.enum(["queue", "refuse", "none"]),
    holder: z.object({ request: z.number(), by: z.string(), since: z.string() }).nullable(),
    waiting: z.number(),
  }),
  /** Median seconds of the last runs that succeeded. */
  usualSeconds: z.number().nullable(),
  /** Nothing is begun in the order's environment now, and until when at least. */
  freeze: Freeze.nullable(),
  /** Who would be asked before it runs; null: nobody. */
  approval: z
    .object({
      flow: z.string(),
      levels: z.array(AskedLevel),
      /** The pre-task would run at once, before anybody is asked. */
      preTaskFirst: z.boolean(),
      runOnApproval: z.boolean(),
      expiryHours: z.number().nullable(),
    })
    .nullable(),
});
export type Preview = z.infer<typeof Preview>;

export const RequestInput = z.strictObject({
  order: z.number().int().positive(),
  /** The order's version that the form was made from; another one is refused, so that nobody submits what he has not seen. */
  orderVersion: z.number().int().positive(),
  values: FormValues,
  note: z.string().trim().max(2000).default(""),
  /** ISO 8601 with zone; null: now. */
  scheduledAt: z.iso.datetime({ offset: true }).nullable().default(null),
  background: z.boolean().default(false),
  /** Why it shall run in spite of a freeze window, by somebody who may break the glass; empty: it shall not. */
  breakGlass: z.string().trim().max(2000).default(""),
});
export type RequestInput = z.infer<typeof RequestInput>;

/** What replaces a request before it runs. */
export const RequestEdit = z.strictObject({
  /** The request's version that was looked at; another one is refused with 409. */
  version: z.number().int().positive(),
  /** As in RequestInput; absent: whatever is the newest. */
  orderVersion: z.number().int().positive().optional(),
  /** A secret that is left out stays as it is. */
  values: FormValues,
  note: z.string().trim().max(2000).default(""),
  scheduledAt: z.iso.datetime({ offset: true }).nullable().default(null),
  breakGlass: z.string().trim().max(2000).default(""),
});
export type RequestEdit = z.infer<typeof RequestEdit>;

export const RequestListItem = z.object({
  id: z.number(),
  order: OrderRef,
  environment: z.object({ id: z.number(), name: z.string(), colour: z.string(), protected: z.boolean() }),
  category: z.string().nullable(),
  state: z.enum(REQUEST_STATES),
  /** Values in a line, secrets masked. */
  summary: z.string(),
  by: z.string(),
  submittedAt: z.string(),
  scheduledAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  usualSeconds: z.number().nullable(),
  /** Of the variables that were asked for as columns, by name; absent where none were. */
  values: z.record(z.string(), z.array(z.string())).optional(),
});
export type RequestListItem = z.infer<typeof RequestListItem>;

export const TaskResult = z.object({
  task: z.enum(TASKS),
  line: z.number(),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string(),
});
export type TaskResult = z.infer<typeof TaskResult>;

export const Run = z.object({
  id: z.number(),
  request: z.number(),
  state: z.enum(RUN_STATES),
  place: z.string(),
  worker: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  logBytes: z.number(),
  logLines: z.number(),
  /** The log was cut there, since it reached the order's limit. */
  logCut: z.boolean(),
  results: z.array(TaskResult),
  /** Why it is lost, unreachable or failed before any line ran. */
  problem: z.string().nullable(),
  stopping: z.enum(["stop", "abort", "kill"]).nullable(),
});
export type Run = z.infer<typeof Run>;

export const RequestDetail = RequestListItem.extend({
  version: z.number(),
  note: z.string(),
  values: z.array(z.object({ name: z.string(), label: z.string(), values: z.array(z.string()), secret: z.boolean() })),
  lines: z.array(CommandLine),
  /** SHA-256 over version, values, command and place. */
  hash: z.string(),
  place: z.string(),
  /** The run of its tasks; while there is none of the approved ones, that of the pre-task. */
  run: Run.nullable(),
  /** The run of the pre-task, where that has its own, before the approval. */
  preRun: Run.nullable(),
  /** null: nobody is asked. */
  approval: Approval.nullable(),
  /** Where it waits for the order's lock: how many are before it, and who holds it. */
  queue: z.object({ position: z.number(), holder: z.number().nullable() }).nullable(),
  reason: z.string().nullable(),
  /** Why it runs in spite of freeze windows; null: it does not. */
  breakGlass: z.string().nullable(),
  /** What this account may do now. */
  allowed: z.array(z.enum(Object.keys(REQUEST_ACTIONS) as [RequestAction, ...RequestAction[]])),
});
export type RequestDetail = z.infer<typeof RequestDetail>;

/** A request in the inbox of those who are asked: all that a decision needs on one card. */
export const ApprovalCard = RequestListItem.extend({
  version: z.number(),
  hash: z.string(),
  note: z.string(),
  place: z.string(),
  lines: z.array(CommandLine),
  values: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      values: z.array(z.string()),
      secret: z.boolean(),
      /** Of the order's last request that succeeded, where they were others; null: the same, or there is none. */
      before: z.array(z.string()).nullable(),
    }),
  ),
  /** The order's last request that succeeded. */
  last: z.object({ request: z.number(), at: z.string(), by: z.string() }).nullable(),
  level: z.number(),
  levels: z.array(AskedLevel),
  /** Those that count so far, of all levels. */
  votes: z.array(Vote),
  expiresAt: z.string().nullable(),
  mayVote: Approval.shape.mayVote,
  mayVoteFor: Approval.shape.mayVoteFor,
});
export type ApprovalCard = z.infer<typeof ApprovalCard>;

export const Draft = z.object({ values: FormValues, note: z.string().max(2000), savedAt: z.string().nullable() });
export type Draft = z.infer<typeof Draft>;

/** A page of a log: whole lines from a line number on. */
export const LogLines = z.object({
  /** Number of the first line, from 0, and its byte offset. */
  firstLine: z.number(),
  firstByte: z.number(),
  /** Without line ends. */
  lines: z.array(z.string()),
  /** Milliseconds since the epoch at which each line was stored. */
  times: z.array(z.number()),
  totalLines: z.number(),
  totalBytes: z.number(),
});
export type LogLines = z.infer<typeof LogLines>;

export const LogMatches = z.object({
  matches: z.array(z.object({ line: z.number(), byte: z.number(), text: z.string() })),
  /** More may follow from this byte on; null: searched to the end. */
  next: z.number().nullable(),
});
export type LogMatches = z.infer<typeof LogMatches>;
