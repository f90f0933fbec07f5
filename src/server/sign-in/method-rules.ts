import { X509Certificate } from "node:crypto";
import { isLdapUrl } from "../../adapters/identity/ldap-connection.ts";
import type { SignInMethod } from "../../contract/sign-in-method.ts";
import type { FieldProblem } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";

/** What the schema of a sign-in method cannot say. */
export async function signInMethodProblems(method: SignInMethod, db: Database): Promise<FieldProblem[]> {
  const problems = method.kind === "oidc" ? oidcProblems(method) : ldapProblems(method);
  const role = await db.selectFrom("role").select("name").where("name", "=", method.role).executeTakeFirst();
  if (role === undefined)
    problems.push({ field: "role", rule: "unknown", message: `There is no role ${method.role}.` });
  const groups = await db.selectFrom("user_group").select("id").execute();
  const missing = method.groups.find(({ userGroup }) => !groups.some(({ id }) => id === userGroup));
  if (missing !== undefined)
    problems.push({ field: "groups", rule: "unknown", message: `There is no user group ${missing.userGroup}.` });
  return problems;
}

function oidcProblems({ issuer, clientId, scopes, nameClaim }: SignInMethod): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, rule: string, message: string): void => void problems.push({ field, rule, message });
  if (issuer === "") add("issuer", "required", "Give the address of the issuer.");
  else if (!isIssuer(issuer))
    add(
      "issuer",
      "format",
      "Give an address that begins with https:// (http:// only on this machine), without ? and #.",
    );
  if (clientId === "") add("clientId", "required", "Give the client id that the provider knows this console by.");
  if (!scopes.split(/\s+/u).includes("openid")) add("scopes", "openid", "The scopes must have openid among them.");
  if (nameClaim === "") add("nameClaim", "required", "Give the claim that accounts are named by.");
  return problems;
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const loopback = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/u.test(hostname);
  const plain = username === "" && password === "" && search === "" && hash === "";
  return plain && (protocol === "https:" || (protocol === "http:" && loopback));
}

function ldapProblems(method: SignInMethod): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, rule: string, message: string): void => void problems.push({ field, rule, message });
  const url = isLdapUrl(method.url);
  if (method.url === "") add("url", "required", "Give the address of the directory.");
  else if (!url.ok) add("url", "ldap-url", "Give an address such as ldaps://ldap.example.org, without a path.");
  else if (method.startTls && url.value.protocol === "ldaps:")
    add("startTls", "does-not-fit", "ldaps:// is encrypted from the beginning: StartTLS belongs to ldap://.");
  if (method.ca !== "" && !isCertificates(method.ca)) add("ca", "format", "These are no certificates in PEM.");
  // A name without any of these could be that of a SASL mechanism.
  if (method.bindDn !== "" && !/[=@\\]/u.test(method.bindDn))
    add("bindDn", "format", "Give a distinguished name such as cn=console,dc=example,dc=org.");
  // RFC 4513, section 5.1.2: a bind with a name and no password is anonymous, and looks like success.
  if (method.bindDn !== "" && !method.bindDn.includes("{name}") && method.bindPassword === "")
    add("bindPassword", "required", "Give the password of the bind DN.");
  if (method.userBase === "") add("userBase", "required", "Say where people are searched.");
  if (!isFilter(method.userFilter) || !method.userFilter.includes("{name}"))
    add("userFilter", "name", "Give a filter with {name} in it, such as (uid={name}).");
  if (method.groupBase !== "" && !(isFilter(method.groupFilter) && /\{(dn|name)\}/u.test(method.groupFilter)))
    add("groupFilter", "name", "Give a filter with {dn} or {name} in it, such as (member={dn}).");
  for (const field of ["subjectAttribute", "nameAttribute"] as const)
    if (method[field] === "") add(field, "required", "Name an attribute.");
  for (const field of ATTRIBUTES)
    if (!/^([A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)*)?$/u.test(method[field]))
      add(field, "format", "Give the name of an attribute.");
  return problems;
}

const ATTRIBUTES = [
  "subjectAttribute",
  "nameAttribute",
  "displayNameAttribute",
  "emailAttribute",
  "groupAttribute",
] as const;

/** Parentheses around it that close; the rest only the directory knows. */
function isFilter(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth < 1 && at < text.length - 1) return false;
  }
  return text.startsWith("(") && depth === 0;
}

function isCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}
