/** Why somebody who was led to a provider comes back without being signed in: `/sign-in?problem=<word>`. */
export const SIGN_IN_PROBLEMS = [
  /** The provider has refused, or the person has. */
  "refused",
  /** It took too long, was begun in another browser, or was done already. */
  "expired",
  /** The provider does not answer. */
  "unreachable",
  /** The provider answers with what cannot be trusted or understood. */
  "not-trusted",
  /** The person is known there, and has no account here. */
  "no-account",
  "inactive",
  /** An account of this name is there already, and is not that person's. */
  "name-taken",
  /** The name from there cannot be an account's. */
  "no-name",
  /** There is no such method (any more). */
  "no-method",
  "too-many",
  /** The method is not set up right. */
  "set-up",
  /** A defect, or the database does not answer. */
  "failed",
] as const;
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number];

/** Why a method does not work, as Verify says it. */
export const METHOD_PROBLEMS = [
  /** It does not answer, or not in time. */
  "unreachable",
  /** Its certificate is not trusted. */
  "certificate",
  /** It answers, but with something else than was asked for. */
  "unexpected",
  /** The issuer that it names itself is another one. */
  "other-issuer",
  /** It refuses the bind DN or its password. */
  "bind-refused",
  "no-base",
  "bad-filter",
  /** Nobody, or several people, are found under the name. */
  "nobody",
  "ambiguous",
  /** The entry lacks the attribute of the subject or the name. */
  "no-attribute",
  /** Direct bind: nobody can be looked up without a password. */
  "direct",
] as const;
export type MethodProblem = (typeof METHOD_PROBLEMS)[number];
