export const administration = {
  title: "Administration",
  tabs: {
    accounts: "Accounts",
    userGroups: "User groups",
    roles: "Roles",
    objectRules: "Object rules",
    audit: "Audit",
    health: "System health",
  },
  accounts: {
    about: "Who may sign in, and what they may do.",
    create: "New account",
    edit: (name: string) => `Account ${name}`,
    empty: "No account fits the filter",
    filter: "Filter by name",
    name: "Name",
    nameHelp: "For signing in.",
    displayName: "Full name",
    role: "Role",
    groups: "User groups",
    active: "Active",
    inactive: "inactive",
    activeHelp: "An inactive account cannot sign in; its sessions end at once.",
    lastSignIn: "Last sign-in",
    password: "Password",
    passwordHelp: "At least 10 characters. It holds for one sign-in, then a new one has to be chosen.",
    passwordKept: "Empty: as it is. A new one holds for one sign-in.",
    generate: "Make one up",
    generated: "Give this password to its owner now; it is not shown again.",
    saved: (name: string) => `Account ${name} is saved.`,
    noGroup: "none",
    self: "This is your own account.",
  },
  groups: {
    about: "Work orders name the user groups that may submit them.",
    create: "New user group",
    edit: (name: string) => `User group ${name}`,
    empty: "No user group yet",
    name: "Name",
    description: "Description",
    members: "Members",
    saved: (name: string) => `User group ${name} is saved.`,
    removed: (name: string) => `User group ${name} is deleted.`,
    removeText: (count: number) =>
      count === 0
        ? "It has no members."
        : count === 1
          ? "Its member can no longer submit by it."
          : `Its ${count} members can no longer submit by it.`,
    membersHelp: "Members are chosen at the account.",
  },
};
