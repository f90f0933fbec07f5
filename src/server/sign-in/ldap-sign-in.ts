import { signInByLdap, type LdapDirectory, type LdapFailure } from "../../adapters/identity/ldap.ts";
import type { SignInMethod } from "../../contract/sign-in-method.ts";
import { demandFactor, enter, signInFailed, type Entry, type Failing, type SignInParts } from "../accounts/sign-in.ts";
import { forgetFailures, withdrawAttempt } from "../accounts/sign-in-failures.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { ProblemError } from "../api/problem-error.ts";
import { DefinitionStore } from "../definitions/definition-store.ts";
import { externalAccount } from "./external-account.ts";
import { noteRefusal } from "./note-refusal.ts";
import { usableMethod, type UsableMethod } from "./sign-in-methods.ts";

export interface LdapSignIn {
  /** Id of the sign-in method. */
  readonly method: number;
  readonly name: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/**
 * Checks name and password with a directory and begins a session. What is wrong counts as a wrong password does; a
 * directory that is at fault does not count, nor does somebody who is known there and not let in here.
 */
export async function enterByDirectory(
  parts: SignInParts,
  { method: id, name, password, code }: LdapSignIn,
  failing: Failing,
  entry: Entry,
): Promise<SignedIn> {
  const { db, box } = parts;
  const method = await usableMethod({ store: new DefinitionStore(db), box }, "ldap", id);
  if (method === undefined) {
    await withdrawAttempt(db, name);
    throw new ProblemError(400, "no-method", "There is no such way to sign in (any more). Load the page again.");
  }
  const person = await signInByLdap(directoryOf(method.data), name, password);
  if (!person.ok) {
    const { reason, detail } = person.failure;
    // Several people under one name are for an administrator to see.
    if (reason !== "wrong-password" && reason !== "nobody")
      entry.request.log.error({ method: method.name, reason, detail }, "sign-in by a directory did not work");
    if (WRONG.has(reason)) {
      await signInFailed(db, failing, "password");
      throw new ProblemError(401, "wrong-sign-in", "Name or password is wrong.");
    }
    await withdrawAttempt(db, name);
    throw unavailable(method, person.failure);
  }
  const account = await externalAccount(db, method, person.value, entry.request.ip);
  if (!account.ok) {
    await withdrawAttempt(db, name);
    const problem = account.failure;
    await noteRefusal(db, method, { name: person.value.name, problem, address: entry.request.ip });
    throw new ProblemError(403, problem, REFUSALS[problem](person.value.name));
  }
  const factor = await demandFactor(parts, account.value.id, code, failing);
  const caller = await enter(parts, { ...account.value, by: method.name, factor }, entry);
  // What was typed need not be the name of the account.
  await forgetFailures(db, name);
  return caller;
}

/** The directory that a method names. */
export function directoryOf(data: SignInMethod): LdapDirectory {
  const { url, startTls, ca, bindDn, bindPassword, userBase, userFilter, groupBase, groupFilter } = data;
  const { subjectAttribute, nameAttribute, displayNameAttribute, emailAttribute, groupAttribute } = data;
  const attributes = { subjectAttribute, nameAttribute, displayNameAttribute, emailAttribute, groupAttribute };
  const bind = { bindDn, bindPassword };
  return { url, startTls, ca, ...bind, userBase, userFilter, groupBase, groupFilter, ...attributes };
}

/** Nobody learns which of them it was. */
const WRONG: ReadonlySet<LdapFailure["reason"]> = new Set(["wrong-password", "nobody", "ambiguous"]);

function unavailable({ name }: UsableMethod, { reason }: LdapFailure): ProblemError {
  return reason === "unreachable" || reason === "certificate"
    ? new ProblemError(
        503,
        "method-unavailable",
        `${name} does not answer at the moment. Your password was not checked; try again in a minute, or tell an administrator.`,
      )
    : new ProblemError(
        503,
        "method-set-up",
        `${name} is not set up right, so nobody can sign in by it. Tell an administrator: Verify of the sign-in method says why.`,
      );
}

const REFUSALS = {
  "no-account": (name: string) => `${name} has no account here. Ask an administrator for one.`,
  inactive: (name: string) => `The account of ${name} is not active. Ask an administrator.`,
  "name-taken": (name: string) =>
    `There is another account with the name ${name} here already. Ask an administrator: one of the two has to be renamed.`,
  "no-name": (name: string) => `"${name}" cannot be the name of an account here. Ask an administrator.`,
  "set-up": () => "The role of new accounts is not there any more. Tell an administrator.",
};
