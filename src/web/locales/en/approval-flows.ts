export const approvalFlows = {
  levels: "Levels",
  levelsHelp: "One after the other: a level is asked once the one before it has approved.",
  level: (place: number) => `Level ${place}`,
  levelName: "Name",
  userGroup: "User group",
  userGroupHint: "Choose who is asked",
  quorum: "Approvals needed",
  tooFew: (members: number) =>
    members === 0
      ? "The group has no members: nobody could approve."
      : members === 1
        ? "The group has only 1 member."
        : `The group has only ${members} members.`,
  add: "Add a level",
  up: (place: number) => `Move level ${place} up`,
  down: (place: number) => `Move level ${place} down`,
  remove: (place: number) => `Remove level ${place}`,
  moved: (name: string, place: number, of: number) => `${name} is level ${place} of ${of} now.`,
  rules: "Rules",
  selfApproval: "Submitters may approve their own requests",
  selfApprovalHelp: "Where their user group is asked.",
  distinctPeople: "Nobody approves at two levels",
  distinctPeopleHelp: "Who has approved at one level does not count at another one.",
  expiryHours: "Expires after",
  expiryHelp: "A request that still waits by then is not run. Empty: never.",
  hours: "hours",
  /** In lists: `ops, 2 of dba`. */
  inShort: (group: string, quorum: number) => (quorum === 1 ? group : `${quorum} of ${group}`),
  never: "never",
};
