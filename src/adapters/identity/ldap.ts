import type { Client, Entry } from "ldapts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ExternalIdentity } from "./external-identity.ts";
import { withLdap, type LdapAddress, type LdapConnectionFailure } from "./ldap-connection.ts";
import { escapeDnValue, escapeFilterValue, fillTemplate } from "./ldap-names.ts";

/** A directory, and where people and groups stand in it. */
export interface LdapDirectory extends LdapAddress {
  /** Who searches; empty: anonymous. With `{name}` in it, whoever signs in binds as this and searches. */
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly userBase: string;
  /** With `{name}`. */
  readonly userFilter: string;
  readonly subjectAttribute: string;
  readonly nameAttribute: string;
  readonly displayNameAttribute: string;
  readonly emailAttribute: string;
  readonly groupAttribute: string;
  /** Where groups are searched for people who have none in that attribute; empty: nowhere. */
  readonly groupBase: string;
  /** With `{dn}` or `{name}`. */
  readonly groupFilter: string;
}

export type LdapFailure =
  | LdapConnectionFailure
  /** The service bind. */
  | { readonly reason: "bind-refused"; readonly detail: string }
  | { readonly reason: "no-base"; readonly detail: string }
  | { readonly reason: "bad-filter"; readonly detail: string }
  | { readonly reason: "nobody"; readonly detail: string }
  | { readonly reason: "ambiguous"; readonly detail: string }
  | { readonly reason: "no-attribute"; readonly detail: string }
  | { readonly reason: "wrong-password"; readonly detail: string }
  /** Nobody can be looked up without a password of theirs. */
  | { readonly reason: "direct"; readonly detail: string };

export interface LdapPerson extends ExternalIdentity {
  readonly dn: string;
}

/** Milliseconds that a sign-in or a look-up may take. */
const DEADLINE = 10_000;
/** More groups than that nobody has. */
const GROUP_LIMIT = 2000;

/**
 * Finds exactly one entry for a name and binds as it. An empty password is wrong: RFC 4513, section 5.1.2, would have
 * the server answer such a bind with success.
 */
export async function signInByLdap(
  directory: LdapDirectory,
  name: string,
  password: string,
): Promise<Result<LdapPerson, LdapFailure>> {
  if (password === "") return fail({ reason: "wrong-password", detail: "the password is empty" });
  return withLdap<LdapPerson, LdapFailure>(directory, DEADLINE, async (client) => {
    const searcher = isDirect(directory)
      ? await bind(client, fillTemplate(directory.bindDn, { name }, escapeDnValue), password, "wrong-password")
      : await bindForSearch(client, directory);
    if (!searcher.ok) return searcher;
    const person = await findPerson(client, directory, name);
    if (!person.ok) return person;
    const bound = await bind(client, person.value.dn, password, "wrong-password");
    return bound.ok ? person : bound;
  });
}

/** Connects, binds, and looks whether there is something at the search base; with a name, who is found under it. */
export async function lookUpByLdap(
  directory: LdapDirectory,
  name: string,
): Promise<Result<LdapPerson | undefined, LdapFailure>> {
  return withLdap<LdapPerson | undefined, LdapFailure>(directory, DEADLINE, async (client) => {
    if (isDirect(directory))
      return name === ""
        ? ok(undefined)
        : fail({ reason: "direct", detail: "people bind themselves, so nobody can be looked up without a password" });
    const searcher = await bindForSearch(client, directory);
    if (!searcher.ok) return searcher;
    if (name !== "") return findPerson(client, directory, name);
    const base = await search(client, directory.userBase, { scope: "base", filter: "(objectClass=*)" });
    if (!base.ok) return base;
    const filter = fillTemplate(directory.userFilter, { name: "nobody" }, escapeFilterValue);
    const tried = await search(client, directory.userBase, { filter, sizeLimit: 1 });
    return tried.ok ? ok(undefined) : tried;
  });
}

function isDirect({ bindDn }: LdapDirectory): boolean {
  return bindDn.includes("{name}");
}

async function bindForSearch(client: Client, directory: LdapDirectory): Promise<Result<undefined, LdapFailure>> {
  if (directory.bindDn === "") return ok(undefined);
  return bind(client, directory.bindDn, directory.bindPassword, "bind-refused");
}

async function bind(
  client: Client,
  dn: string,
  password: string,
  refused: "bind-refused" | "wrong-password",
): Promise<Result<undefined, LdapFailure>> {
  const { InappropriateAuthError, InvalidCredentialsError, InvalidDNSyntaxError, NoSuchObjectError } =
    await import("ldapts");
  try {
    await client.bind(dn, password);
    return ok(undefined);
  } catch (error) {
    const isRefusal =
      error instanceof InvalidCredentialsError ||
      error instanceof NoSuchObjectError ||
      error instanceof InvalidDNSyntaxError ||
      error instanceof InappropriateAuthError;
    if (!isRefusal) throw error;
    return fail({ reason: refused, detail: `bind as ${dn}: ${error.name}` });
  }
}

/** The one entry that the filter finds, with its groups. */
async function findPerson(
  client: Client,
  directory: LdapDirectory,
  name: string,
): Promise<Result<LdapPerson, LdapFailure>> {
  const { subjectAttribute, nameAttribute, displayNameAttribute, emailAttribute, groupAttribute } = directory;
  const attributes = [subjectAttribute, nameAttribute, displayNameAttribute, emailAttribute, groupAttribute];
  const filter = fillTemplate(directory.userFilter, { name }, escapeFilterValue);
  const found = await search(client, directory.userBase, {
    filter,
    sizeLimit: 2,
    attributes: attributes.filter((attribute) => attribute !== ""),
  });
  if (!found.ok) return found;
  const [entry, other] = found.value;
  if (entry === undefined) return fail({ reason: "nobody", detail: `nobody fits ${filter}` });
  if (other !== undefined) return fail({ reason: "ambiguous", detail: `several entries fit ${filter}` });
  const [subject] = valuesOf(entry, subjectAttribute);
  if (subject === undefined || subject === "")
    return fail({ reason: "no-attribute", detail: `${entry.dn} has no ${subjectAttribute}` });
  const names = valuesOf(entry, nameAttribute);
  const accountName = names.find((each) => each.toLowerCase() === name.toLowerCase()) ?? names[0];
  if (accountName === undefined) return fail({ reason: "no-attribute", detail: `${entry.dn} has no ${nameAttribute}` });
  const groups = await groupsOf(client, directory, entry, accountName);
  if (!groups.ok) return groups;
  return ok({
    dn: entry.dn,
    subject,
    name: accountName,
    displayName: valuesOf(entry, displayNameAttribute)[0] ?? "",
    email: valuesOf(entry, emailAttribute)[0] ?? "",
    groups: groups.value,
  });
}

async function groupsOf(
  client: Client,
  { groupAttribute, groupBase, groupFilter }: LdapDirectory,
  entry: Entry,
  name: string,
): Promise<Result<readonly string[], LdapFailure>> {
  const own = groupAttribute === "" ? [] : valuesOf(entry, groupAttribute);
  if (own.length > 0 || groupBase === "") return ok(own);
  const filter = fillTemplate(groupFilter, { dn: entry.dn, name }, escapeFilterValue);
  // 1.1: no attributes, RFC 4511, section 4.5.1.8.
  const found = await search(client, groupBase, { filter, sizeLimit: GROUP_LIMIT, attributes: ["1.1"] });
  return found.ok ? ok(found.value.map(({ dn }) => dn)) : found;
}

async function search(
  client: Client,
  base: string,
  options: { filter: string; scope?: "base" | "sub"; sizeLimit?: number; attributes?: string[] },
): Promise<Result<readonly Entry[], LdapFailure>> {
  const { FilterParser, InvalidDNSyntaxError, NoSuchObjectError } = await import("ldapts");
  try {
    FilterParser.parseString(options.filter);
  } catch (error) {
    return fail({ reason: "bad-filter", detail: `${options.filter}: ${(error as Error).message}` });
  }
  try {
    return ok((await client.search(base, { scope: "sub", ...options })).searchEntries);
  } catch (error) {
    if (error instanceof NoSuchObjectError || error instanceof InvalidDNSyntaxError)
      return fail({ reason: "no-base", detail: `there is nothing at ${base}` });
    throw error;
  }
}

/** Attribute names are the same in any case; values that are no text come as hexadecimal digits. */
function valuesOf(entry: Entry, attribute: string): readonly string[] {
  const key = Object.keys(entry).find((each) => each.toLowerCase() === attribute.toLowerCase() && each !== "dn");
  const value = key === undefined ? [] : entry[key];
  return [value ?? []].flat().map((each) => (typeof each === "string" ? each : each.toString("hex")));
}
