import type { BuiltInRole, Permission, RulePermission } from "../../../contract/states.ts";

const builtIn: Record<BuiltInRole, { readonly name: string; readonly help: string }> = {
  administrator: { name: "Administrator", help: "Everything: configuration, accounts, all orders." },
  maintainer: {
    name: "Maintainer",
    help: "Configures everything and sees all requests; submits and approves as user groups allow; no accounts.",
  },
  submitter: { name: "Submitter", help: "Submits and approves what user groups and orders allow." },
  auditor: { name: "Auditor", help: "Sees all requests and the audit, and changes nothing." },
};

const permissions: Record<Permission, { readonly name: string; readonly help: string }> = {
  submit: { name: "Submit", help: "Submit the orders that name one of the person's user groups." },
  approve: { name: "Approve", help: "Vote on requests where an approval flow asks one of the person's user groups." },
  see: { name: "See all requests", help: "Everybody's requests with values and logs, not only one's own." },
  dashboard: { name: "Dashboard", help: "Numbers and charts about runs, failures and durations." },
  fleet: { name: "Fleet", help: "Which version of which project runs on which host." },
  configure: {
    name: "Configure",
    help: "Define orders, variables, config centres, approval flows: decide which commands run, and where.",
  },
  "break-glass": {
    name: "Break glass",
    help: "Submit in spite of a freeze window, with a reason that the audit keeps.",
  },
  audit: { name: "Audit", help: "Read, check and export the record of everything that was done." },
  administer: {
    name: "Administer",
    help: "Accounts, groups, roles, sign-in, notifications: whoever has this can give himself everything.",
  },
};

const ruleVerbs: Record<RulePermission, string> = {
  see: "see all requests",
  submit: "submit all orders",
  approve: "approve requests",
  configure: "configure",
};

export const roles = {
  builtIn,
  permissions,
  page: {
    about:
      "An account has one role; it says what its owner may do. For a part only (an environment, a category), use object rules.",
    toRules: "Object rules",
    caption: "Permissions of the roles",
    permission: "Permission",
    role: "Role",
    builtIn: "built in",
    fixed: "The administrator always has every permission.",
    accounts: "Accounts",
    accountCount: (count: number) => (count === 1 ? "1 account" : `${count} accounts`),
    requireTotp: "Authenticator required",
    requireTotpHelp:
      "Whoever has the role signs in with a code from an authenticator app too, and sets it up at the next sign-in.",
    create: "New role",
    edit: (name: string) => `Role ${name}`,
    describe: "Name and description",
    save: "Save changes",
    discard: "Discard",
    changed: (count: number) =>
      count === 1 ? "1 role is changed and not saved." : `${count} roles are changed and not saved.`,
    saved: (count: number): string =>
      count === 1 ? "The role is saved. It holds at once." : "The roles are saved. They hold at once.",
    refused: (name: string) => `Role ${name} was not saved`,
    load: "Load what is there now",
    ownRole: "your role",
  },
  dialog: {
    name: "Name",
    nameHelp: "As it appears at accounts.",
    builtInName: "Built-in roles keep their names.",
    description: "Description",
    descriptionHelp: "Who should have it, and what for.",
    beginWith: "Begin with the permissions of",
    beginHelp: "They can be changed in the table afterwards.",
    nothing: "no role: nothing is allowed",
    saved: (name: string) => `Role ${name} is saved.`,
    removed: (name: string) => `Role ${name} is deleted.`,
    removeText: "Nobody has it. It cannot be given any more.",
    removeUsed: "It cannot be deleted while somebody has it. Give these another role first:",
    removeMore: (count: number) => `and ${count} more`,
  },
  rules: {
    about:
      "A role reaches everything; an object rule gives a user group something for an environment, a category, or both. It only ever adds: what a role allows is not taken away here.",
    none: "No object rule yet",
    noneText: "For example: developers may submit in stage / DeployDocker.",
    create: "New object rule",
    group: "User group",
    may: "may",
    environment: "Environment",
    category: "Category",
    any: "any",
    needGroup: "Choose a user group.",
    needPlace: "Choose an environment, a category, or both.",
    verbs: ruleVerbs,
    helps: {
      see: "See everybody's requests there, with values and logs.",
      submit: "Submit every order there, also those that do not name the group.",
      approve: "Vote there at every level of every approval flow, whichever group it asks.",
      configure: "Define and change there, and see the rest of the configuration.",
    } satisfies Record<RulePermission, string>,
    inBoth: (environment: string, category: string) => `in ${environment} / ${category}`,
    inEnvironment: (environment: string) => `in ${environment}`,
    inCategory: (category: string) => `in ${category}, in every environment`,
    sentence: (group: string, may: string, where: string) => `${group} may ${may} ${where}`,
    short: (may: string, where: string) => `may ${may} ${where}`,
    preview: "It will say",
    add: "Add the rule",
    added: "The rule holds from now on.",
    remove: (sentence: string) => `Delete the rule: ${sentence}`,
    removeTitle: "Delete this rule?",
    removeText: "What it allows ends at once, also for those who are signed in.",
    removeAction: "Delete the rule",
    removed: "The rule is deleted.",
    members: (count: number) => (count === 1 ? "1 member" : `${count} members`),
  },
};
