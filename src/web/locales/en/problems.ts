/** What went wrong, by the `type` of a problem and the `rule` of a field. */
export const problems = {
  /** Titles by type; others are said as the server says them. */
  types: {
    invalid: "Something has to be corrected",
    "not-found": "There is no such thing, or you may not see it",
    forbidden: "Your account may not do this",
    changed: "Somebody has changed it meanwhile",
    "in-use": "It is still used",
    "too-large": "It is too large",
    "too-many-requests": "Too many tries; wait a minute",
    "database-unavailable":
      "The database does not answer at the moment. Nothing was changed; try again in a few seconds.",
    bug: "This is a defect in Gantry. Please report it with the request id.",
  } as Readonly<Record<string, string>>,
  network: {
    title: "The server cannot be reached",
    text: "Nothing was changed as far as this page knows. Check the network, then try again.",
  },
  timeout: {
    title: "The server did not answer in time",
    text: "It may still be working on it. Look at the page again before you repeat a change.",
  },
  broken: {
    title: "This page has failed",
    text: "It is a defect in Gantry, not in what you did. Reload the page; if it happens again, report it with the text below.",
    reload: "Reload the page",
  },
  http: (status: number) => `The server answered with HTTP ${status}`,
  seeFields: (count: number) =>
    count === 1 ? "One field needs to be corrected." : `${count} fields need to be corrected.`,
  rules: {
    required: "Must not be empty.",
    tooShort: (limit: number) => `At least ${limit} characters.`,
    tooLong: (limit: number) => `At most ${limit} characters.`,
    tooSmall: (limit: number) => `At least ${limit}.`,
    tooLarge: (limit: number) => `At most ${limit}.`,
    tooFew: (limit: number) => `At least ${limit} values.`,
    tooMany: (limit: number) => `At most ${limit} values.`,
    nameForm: "Other characters than are allowed here.",
    taken: "This name is taken.",
    format: "It does not have the right form.",
    unknown: "It does not exist (any more).",
  },
};
