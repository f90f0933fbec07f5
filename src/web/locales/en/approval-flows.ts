/** Labels of the form's fields. */
export const approvalFlows = {
  levels: "Levels",
  selfApproval: "Submitters may approve their own requests",
  distinctPeople: "Nobody approves at two levels",
  expiryHours: "Expires after (hours)",
};
