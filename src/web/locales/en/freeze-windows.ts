/** Labels of the form's fields. */
export const freezeWindows = {
  reason: "Reason",
  active: "Active",
  when: "When",
};
