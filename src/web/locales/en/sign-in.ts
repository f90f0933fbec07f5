import type { SignInProblem } from "../../../contract/sign-in-problems.ts";

/** Why somebody comes back from a provider without being signed in, or a directory's answer is not enough. */
const problems: Record<SignInProblem, string> = {
  refused: "The provider has not signed you in. Try again, or ask who runs it.",
  expired: "This sign-in took too long, or was begun in another window. Begin again.",
  unreachable: "The provider does not answer. Try again in a minute, or tell an administrator.",
  "not-trusted": "What the provider has answered cannot be trusted. Tell an administrator.",
  "no-account": "You are known there and have no account here. Ask an administrator for one.",
  inactive: "Your account is not active. Ask an administrator.",
  "name-taken":
    "Another account has your name here already, so none was made for you. Ask an administrator: one of the two has to be renamed.",
  "no-name": "The name that comes from there cannot be the name of an account here. Ask an administrator.",
  "no-method": "There is no such way to sign in any more.",
  "too-many": "Too many tries; wait a minute.",
  "set-up": "This way to sign in is not set up right. Tell an administrator.",
  failed: "Signing in has failed. Try again; if it happens again, tell an administrator.",
};

export const signIn = {
  title: "Sign in",
  name: "Name",
  password: "Password",
  submit: "Sign in",
  wrong: "Name or password is wrong.",
  lockedOut: "Too many wrong passwords",
  lockedOutText: (minutes: number | undefined) =>
    `${minutes === undefined ? "Try again in a few minutes" : minutes === 1 ? "Try again in 1 minute" : `Try again in ${minutes} minutes`}, or ask an administrator for a new password.`,
  problems,
  unavailable: "The directory does not answer at the moment. Your password was not checked; try again in a minute.",
  by: (method: string) => `Sign in with ${method}`,
  or: "or",
  where: "Account",
  here: "This console",
  code: "Code",
  codeHelp: "The six digits that your authenticator shows, or a recovery code.",
  codeNeeded: "Your password is right. Now give the code of your authenticator.",
  wrongCode: "The code is wrong, or was used already. Wait for the next one, or give a recovery code.",
  ended: "Your session has ended. Sign in again to go on where you were.",
  change: {
    title: "Change password",
    oneTime: "You have signed in with a one-time password. Choose one of your own to go on.",
    current: "Current password",
    currentOneTime: "One-time password",
    next: "New password",
    nextHelp: "At least 10 characters; a sentence is easier to remember than signs.",
    again: "New password again",
    differs: "The two are not the same.",
    submit: "Change password",
    done: "Your password has been changed. Other sessions of yours have ended.",
    wrong: "This is not your current password.",
    same: "Choose another one than the current one.",
  },
};
