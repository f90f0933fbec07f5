import type { DefinitionKind } from "../../../contract/definitions.ts";

interface KindWords {
  readonly one: string;
  readonly many: string;
  /** What it is good for, in a sentence. */
  readonly about: string;
  readonly create: string;
}

const kinds: Record<DefinitionKind, KindWords> = {
  work_order: {
    one: "work order",
    many: "Work orders",
    about: "What people may submit: command lines with placeholders, and who may run them where.",
    create: "New work order",
  },
  variable: {
    one: "variable",
    many: "Variables",
    about: "A value that is chosen or typed in the form of an order, and where its choices come from.",
    create: "New variable",
  },
  variable_group: {
    one: "variable group",
    many: "Variable groups",
    about: "The variables of a form, in their order. A work order has one group.",
    create: "New variable group",
  },
  config_centre: {
    one: "config centre",
    many: "Config centres",
    about: "A machine where tasks run: this one, or one over SSH.",
    create: "New config centre",
  },
  environment: {
    one: "environment",
    many: "Environments",
    about: "Such as prod or stage; its name is also that of Gantry's configuration file.",
    create: "New environment",
  },
  category: {
    one: "category",
    many: "Categories",
    about: "Groups orders and variables in lists.",
    create: "New category",
  },
  approval_flow: {
    one: "approval flow",
    many: "Approval flows",
    about: "Who has to approve a request before it runs: levels, each a user group and how many of it.",
    create: "New approval flow",
  },
  freeze_window: {
    one: "freeze window",
    many: "Freeze windows",
    about: "Times in which nothing is begun in an environment, but by those who may break the glass.",
    create: "New freeze window",
  },
  notification_channel: {
    one: "notification channel",
    many: "Notification channels",
    about: "Where people are told of requests: chat robots, e-mail, webhooks.",
    create: "New notification channel",
  },
  sign_in_method: {
    one: "sign-in method",
    many: "Sign-in methods",
    about: "OpenID Connect and LDAP, besides the passwords that are kept here.",
    create: "New sign-in method",
  },
};

export const configuration = {
  title: "Configuration",
  kinds,
  list: {
    filter: "Filter by name",
    allCategories: "All categories",
    templates: "Templates only",
    empty: (many: string) => `No ${many.toLowerCase()} yet`,
    nothingFits: "Nothing fits the filter",
    name: "Name",
    changed: "Last change",
    usedBy: "Used by",
    uses: (count: number) => (count === 0 ? "nothing" : String(count)),
    everywhere: "all",
    inactive: "inactive",
    template: "template",
    protected: "protected",
    source: "Values",
    formType: "Form",
    label: "Label",
    variables: "Variables",
    place: "Config centre",
    connection: "Connection",
    hostKey: "Host key",
    pinned: "pinned",
    notPinned: "not pinned",
    order: "Order",
  },
  editor: {
    saved: (name: string, version: number) => `${name} is saved as version ${version}.`,
    version: (version: number) => `Version ${version}`,
    more: "More actions",
    versions: "Versions",
    discard: "Discard changes",
    fromVersion: (version: number) =>
      `The form holds the content of version ${version}. Save it to make it the newest version.`,
    usedBy: "Used by",
    unused: "Nothing uses it.",
    about: "About this version",
    problems: "These could not be placed at a field:",
    gone: "It was deleted meanwhile.",
    details: "Details",
    placement: "Where it belongs",
  },
  conflict: {
    title: (version: number) => `Somebody has saved version ${version} meanwhile`,
    text: "What you have typed is still here, and nothing of it is saved.",
    differences: "What theirs has and yours has not",
    same: "Theirs is the same as yours.",
    load: "Load theirs, discard mine",
    keep: "Keep mine, save it over theirs",
    mine: "yours",
    theirs: "theirs",
  },
  copy: {
    title: (name: string) => `Copy ${name}`,
    name: "Name of the copy",
    action: "Copy",
    suggestion: (name: string) => `${name}_copy`,
  },
  remove: {
    title: (name: string) => `Delete ${name}?`,
    text: "It disappears from lists and forms. Its versions stay in the history of requests that were made from it.",
    inUse: "It cannot be deleted, since it is used. Change or delete these first:",
    action: (name: string) => `Delete ${name}`,
    done: (name: string) => `${name} is deleted.`,
  },
  versions: {
    title: (name: string) => `Versions of ${name}`,
    first: "The first version.",
    nothing: "No field differs.",
    current: "current",
    empty: "No version is known.",
    edit: (version: number) => `Edit version ${version} again`,
    unset: "not set",
    blank: "(empty)",
  },
  fields: {
    name: "Name",
    nameHelp: "Letters, digits, “_”, “.” and “-”; begins with a letter or digit.",
    description: "Description",
    environment: "Environment",
    environmentHelp: "Empty: in every environment.",
    category: "Category",
    order: "Place in lists",
    orderHelp: "Small numbers come first.",
    allEnvironments: "All environments",
    noCategory: "No category",
  },
  verify: {
    title: "Verify",
    action: "Verify",
    again: "Verify again",
    hint: "Tries what is typed here, before it is saved. Nothing is changed.",
    took: "Took",
    old: "The form has changed since.",
  },
};
