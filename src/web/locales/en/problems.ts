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
  /** What is wrong with a certain field, as `field rule`. */
  fieldRules: {
    "address format": "Give a host name or an IP address.",
    "user format": "Give a user name without spaces.",
    "formType does-not-fit": "Texts are typed and choices are chosen: this form does not fit the value source.",
    "min too-large": "The least must not be more than the most.",
    "pattern format": "This is no regular expression.",
    "secret does-not-fit": "Only typed values can be secret.",
    "default does-not-fit": "A secret has no default: it would be readable here.",
    "source.command one-line": "Give one command line.",
    "variables twice": "A variable, or a name of variables, is in the group twice.",
    "variables cycle": "Some of these variables need each other: none of them could be fetched first.",
  },
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
    unknown: "It does not exist (any more).",
  },
};
