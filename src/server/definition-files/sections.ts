import type { DefinitionKind } from "../../contract/definitions.ts";

/** What a definition file holds: definitions, and the user groups that they name. */
export type EntryKind = DefinitionKind | "user_group";

/** The sections of a file, in the order in which they can be made: each only refers to those before it. */
export const SECTIONS = {
  userGroups: "user_group",
  environments: "environment",
  categories: "category",
  configCentres: "config_centre",
  signInMethods: "sign_in_method",
  notificationChannels: "notification_channel",
  approvalFlows: "approval_flow",
  freezeWindows: "freeze_window",
  variables: "variable",
  variableGroups: "variable_group",
  workOrders: "work_order",
} as const satisfies Record<string, EntryKind>;
export type SectionName = keyof typeof SECTIONS;

export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[];

/** Data in which references are names. */
export type FileData = Readonly<Record<string, unknown>>;

/** One entry of a file. */
export interface FileEntry {
  readonly kind: EntryKind;
  readonly data: FileData;
  /** Where it stands: `workOrders[2]`, and its line. */
  readonly path: string;
  readonly line: number;
}

/** What is wrong with a file, and where. */
export interface FileProblem {
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
}
