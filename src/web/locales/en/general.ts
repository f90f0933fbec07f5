/** Words that many pages use. */
export const general = {
  save: "Save",
  cancel: "Cancel",
  close: "Close",
  delete: "Delete",
  copy: "Copy",
  copied: "Copied",
  retry: "Try again",
  yes: "Yes",
  no: "No",
  requestId: "Request id",
  never: "never",
  clear: "Clear",
  by: (name: string) => `by ${name}`,
  filters: {
    toggle: (active: number) => (active === 0 ? "Filters" : `Filters (${active})`),
    clear: "Clear filters",
  },
  unsaved: {
    title: "Leave without saving?",
    text: "What you have changed on this page is not saved.",
    stay: "Stay here",
    leave: "Leave and discard",
  },
};
