import { z } from "zod";
import { ApprovalFlow } from "./approval-flow.ts";
import { description, idOf, name, optionalId, text } from "./definition-fields.ts";
import { FreezeWindow } from "./freeze-window.ts";
import { NOTIFICATION_EVENTS, NotificationChannel } from "./notification-channel.ts";
import { SignInMethod } from "./sign-in-method.ts";

/** The kinds of things that an administrator defines. Each edit makes an immutable version. */
export const DEFINITION_KINDS = [
  "environment",
  "category",
  "config_centre",
  "variable",
  "variable_group",
  "work_order",
  "approval_flow",
  "freeze_window",
  "notification_channel",
  "sign_in_method",
] as const;
export type DefinitionKind = (typeof DEFINITION_KINDS)[number];

/** An environment's name is also that of its Gantry configuration file, so it has the same form. */
export const Environment = z.strictObject({
  name: z
    .string()
    .trim()
    .max(50)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u, "name-form"),
  description,
  /** Environments are shown in this order, small numbers first. */
  order: z.number().int().min(0).max(9999).default(100),
  colour: z
    .enum(["gray", "red", "pink", "grape", "violet", "blue", "cyan", "teal", "green", "yellow", "orange"])
    .default("blue"),
  /** Shown with a red line over the whole page. */
  protected: z.boolean().default(false),
});
export type Environment = z.infer<typeof Environment>;

export const Category = z.strictObject({
  name,
  description,
  order: z.number().int().min(0).max(9999).default(100),
});
export type Category = z.infer<typeof Category>;

/** What a password or key looks like on its way out: it is there, and cannot be read. On its way in it means "as it is". */
export const KEPT_SECRET = "••••••••";

/** Where tasks run. The host key is pinned by Verify; without it nothing runs there. */
export const ConfigCentre = z.strictObject({
  name,
  description,
  connection: z.enum(["local", "ssh"]),
  address: text(255).default(""),
  port: z.number().int().min(1).max(65_535).default(22),
  user: text(64).default(""),
  /** OpenSSH private key, kept encrypted. */
  privateKey: z.string().max(20_000).default(""),
  /** Password for sign-in, or for the key; kept encrypted. */
  password: z.string().max(1000).default(""),
  /** `type base64` as in known_hosts, several lines for several types; written by Verify. */
  hostKey: z.string().max(10_000).default(""),
  /** Gantry's home directory and inventory on that machine; empty: as found there. */
  gantryHome: text(500).default(""),
  inventory: text(500).default(""),
});
export type ConfigCentre = z.infer<typeof ConfigCentre>;

/** A name that may stand in `{braces}` in a task line. */
const VARIABLE_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** How a variable gets the values that may be chosen. */
export const ValueSource = z.discriminatedUnion("kind", [
  /** A command line on the config centre that prints a JSON or Python list; `{another}` refers to another variable. */
  z.strictObject({
    kind: z.literal("script"),
    command: text(4000).min(1),
    /** Seconds. */
    timeout: z.number().int().min(1).max(600).default(20),
  }),
  z.strictObject({ kind: z.literal("list"), values: z.array(z.string().max(1000)).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal("input") }),
  /** Projects of an environment's configuration file; keyword and exclude are regular expressions, as in var_json_keys. */
  z.strictObject({ kind: z.literal("projects"), keyword: text(200).default(""), exclude: text(200).default("") }),
  /** Tags of a project's image, newest first; `project` may be `{another}`. */
  z.strictObject({
    kind: z.literal("tags"),
    project: text(200).min(1),
    limit: z.number().int().min(1).max(1000).default(50),
  }),
  /** Versions of a project that are kept on its hosts. */
  z.strictObject({ kind: z.literal("versions"), project: text(200).min(1) }),
  /** Groups of the inventory; keyword is a regular expression. */
  z.strictObject({ kind: z.literal("groups"), keyword: text(200).default("") }),
]);
export type ValueSource = z.infer<typeof ValueSource>;

export const FORM_TYPES = ["select", "radio", "multiselect", "checkboxes", "text", "textarea"] as const;
export type FormType = (typeof FORM_TYPES)[number];

export const Variable = z.strictObject({
  name: z.string().trim().max(50).regex(VARIABLE_NAME, "name-form"),
  label: text(100).min(1),
  description,
  environment: optionalId,
  category: optionalId,
  source: ValueSource,
  formType: z.enum(FORM_TYPES),
  /** The values chosen at first, or the text; of lists, those that are among the values. */
  default: z.array(z.string().max(10_000)).default([]),
  required: z.boolean().default(true),
  /** Regular expression that a whole typed value must match; empty: anything. */
  pattern: text(500).default(""),
  /** Of text: the fewest and most characters; of choices: the fewest and most values. */
  min: z.number().int().min(0).max(100_000).nullable().default(null),
  max: z.number().int().min(1).max(100_000).nullable().default(null),
  /** Kept encrypted, never shown again, given to tasks by environment only. */
  secret: z.boolean().default(false),
  /** Values are fetched there; null: where the order runs. */
  configCentre: optionalId,
});
export type Variable = z.infer<typeof Variable>;

export const VariableGroup = z.strictObject({
  name,
  description,
  environment: optionalId,
  category: optionalId,
  /** In the order of the form. */
  variables: z.array(idOf).max(100),
});
export type VariableGroup = z.infer<typeof VariableGroup>;

export const WorkOrder = z.strictObject({
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u, "name-form"),
  /** Markdown, shown as help. */
  description: text(20_000).default(""),
  environment: idOf,
  category: optionalId,
  active: z.boolean().default(true),
  /** A template is copied, never submitted. */
  template: z.boolean().default(false),
  /** User groups that may submit it. Administrators always may. */
  submitters: z.array(idOf).max(100).default([]),
  configCentre: idOf,
  /** Fixed values for `{name}` in task lines. */
  builtIn: z.record(z.string().regex(VARIABLE_NAME, "name-form"), z.string().max(10_000)).default({}),
  variableGroup: optionalId,
  /** One command line a line. A line that begins with `shell:` is given to a shell. */
  preTask: text(20_000).default(""),
  mainTask: text(20_000).min(1),
  postTask: text(20_000).default(""),
  /** May be submitted for a later time. */
  schedulable: z.boolean().default(false),
  /** The submitter may go on with something else instead of being led to the running request. */
  background: z.boolean().default(false),
  /** While another request of this order runs: wait for it, be refused, or run beside it. */
  lock: z.enum(["queue", "refuse", "none"]).default("queue"),
  /** Who has to approve it before it runs; null: nobody. */
  approvalFlow: optionalId,
  /** The pre-task runs at submission, so that approvers see what it says; else everything runs after the approval. */
  preTaskBeforeApproval: z.boolean().default(false),
  /** Run by itself once it is approved; else its submitter starts it. A schedule always does. */
  runOnApproval: z.boolean().default(true),
  /** Who is told of what. */
  notifications: z
    .array(z.strictObject({ channel: idOf, events: z.array(z.enum(NOTIFICATION_EVENTS)).min(1) }))
    .max(20)
    .default([]),
  /** Seconds between TERM and KILL when a run is stopped. */
  stopGrace: z.number().int().min(0).max(3600).default(10),
  /** Seconds after which a run is stopped; null: never. */
  timeout: z.number().int().min(1).max(604_800).nullable().default(null),
  /** Bytes of log that are kept. */
  logLimit: z
    .number()
    .int()
    .min(1024)
    .max(100 * 2 ** 30)
    .default(2 ** 30),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

export const DEFINITIONS = {
  environment: Environment,
  category: Category,
  config_centre: ConfigCentre,
  variable: Variable,
  variable_group: VariableGroup,
  work_order: WorkOrder,
  approval_flow: ApprovalFlow,
  freeze_window: FreezeWindow,
  notification_channel: NotificationChannel,
  sign_in_method: SignInMethod,
} as const satisfies Record<DefinitionKind, z.ZodType>;

export interface DefinitionData {
  readonly environment: Environment;
  readonly category: Category;
  readonly config_centre: ConfigCentre;
  readonly variable: Variable;
  readonly variable_group: VariableGroup;
  readonly work_order: WorkOrder;
  readonly approval_flow: ApprovalFlow;
  readonly freeze_window: FreezeWindow;
  readonly notification_channel: NotificationChannel;
  readonly sign_in_method: SignInMethod;
}

/** The definitions that one refers to, by kind and id. */
export function referencesOf<K extends DefinitionKind>(
  kind: K,
  data: DefinitionData[K],
): readonly { readonly kind: DefinitionKind; readonly id: number }[] {
  const references: { kind: DefinitionKind; id: number }[] = [];
  const add = (target: DefinitionKind, id: number | null | undefined): void => {
    if (id !== null && id !== undefined) references.push({ kind: target, id });
  };
  if (kind === "variable" || kind === "variable_group" || kind === "work_order") {
    const placed = data as Variable | VariableGroup | WorkOrder;
    add("environment", placed.environment);
    add("category", placed.category);
  }
  if (kind === "freeze_window") add("environment", (data as FreezeWindow).environment);
  if (kind === "variable") add("config_centre", (data as Variable).configCentre);
  if (kind === "variable_group") for (const id of (data as VariableGroup).variables) add("variable", id);
  if (kind === "work_order") {
    const order = data as WorkOrder;
    add("config_centre", order.configCentre);
    add("variable_group", order.variableGroup);
    add("approval_flow", order.approvalFlow);
    for (const { channel } of order.notifications) add("notification_channel", channel);
  }
  return references;
}

/** The user groups that a definition names. */
export function userGroupsOf<K extends DefinitionKind>(kind: K, data: DefinitionData[K]): readonly number[] {
  if (kind === "work_order") return (data as WorkOrder).submitters;
  if (kind === "approval_flow") return (data as ApprovalFlow).levels.map(({ userGroup }) => userGroup);
  if (kind === "sign_in_method") return (data as SignInMethod).groups.map(({ userGroup }) => userGroup);
  return [];
}
