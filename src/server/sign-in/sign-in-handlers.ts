import { lookUpByLdap } from "../../adapters/identity/ldap.ts";
import { discoverOidc } from "../../adapters/identity/oidc.ts";
import type { MethodReport, SignInMethod } from "../../contract/sign-in-method.ts";
import type { MethodProblem } from "../../contract/sign-in-problems.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { notFound } from "../api/problem-error.ts";
import { checked } from "../definitions/definition-handlers.ts";
import { openFields, sealFields } from "../definitions/kept-secrets.ts";
import { externalOutcome } from "./external-account.ts";
import { directoryOf } from "./ldap-sign-in.ts";
import { clientOf } from "./oidc-providers.ts";
import { redirectUriOf } from "./public-url.ts";
import { activeMethods, type MethodParts } from "./sign-in-methods.ts";

type Names = "GET /session/methods" | "POST /sign-in-methods/verify";

export interface SignInParts extends MethodParts {
  /** As `publicUrl` gives it. */
  readonly base: string | undefined;
}

/** What the sign-in page offers, and trying a method before it is saved. */
export function signInHandlers(parts: SignInParts): Handlers<Names> {
  const { store, box, base } = parts;
  return {
    "GET /session/methods": async () => ({
      items: (await activeMethods(store)).map(({ id, name, data }) => ({ id, name, kind: kindOf(data) })),
    }),

    "POST /sign-in-methods/verify": async ({ body, request }) => {
      const input = await checked("sign_in_method", body.data, store, languageOf(request));
      const row = body.id === null ? undefined : await store.find("sign_in_method", body.id);
      if (body.id !== null && row === undefined) throw notFound("sign-in method");
      const sealed = sealFields("sign_in_method", input, row?.data, box);
      const data = openFields("sign_in_method", sealed, box) as unknown as SignInMethod;
      const began = performance.now();
      const report = data.kind === "oidc" ? await verifyOidc(data) : await verifyLdap(parts, data, body.id, body.name);
      return {
        ...NOTHING,
        redirectUri: data.kind === "oidc" && body.id !== null ? redirectUriOf(body.id, base, request) : null,
        ...report,
        milliseconds: Math.round(performance.now() - began),
      };
    },
  };
}

const NOTHING = { problem: null, unencrypted: false, redirectUri: null, authorizationEndpoint: null, person: null };

function kindOf(data: Readonly<Record<string, unknown>>): SignInMethod["kind"] {
  return data["kind"] === "oidc" ? "oidc" : "ldap";
}

async function verifyOidc(data: SignInMethod): Promise<Partial<MethodReport>> {
  const provider = await discoverOidc(clientOf(data));
  if (provider.ok) return { authorizationEndpoint: provider.value.authorizationEndpoint };
  const { reason, detail } = provider.failure;
  return { problem: problemOf(reason === "refused" ? "unexpected" : reason, detail, data) };
}

async function verifyLdap(
  { store }: SignInParts,
  data: SignInMethod,
  id: number | null,
  name: string,
): Promise<Partial<MethodReport>> {
  const unencrypted = data.url.startsWith("ldap:") && !data.startTls;
  const found = await lookUpByLdap(directoryOf(data), name);
  if (!found.ok) {
    const { reason, detail } = found.failure;
    return { unencrypted, problem: problemOf(reason === "wrong-password" ? "bind-refused" : reason, detail, data) };
  }
  if (found.value === undefined) return { unencrypted };
  const { dn, subject, displayName, email, groups } = found.value;
  // A method that is not saved yet has no accounts.
  const method = { id: id ?? 0, version: 0, name: data.name, data };
  const { outcome, userGroups } = await externalOutcome(store.db, method, found.value);
  const person = { dn, subject, name: found.value.name, displayName, email, groups: [...groups] };
  return { unencrypted, person: { ...person, userGroups: [...userGroups], outcome } };
}

/** A server may repeat what it was sent: secrets are cut out. */
function problemOf(reason: MethodProblem, detail: string, data: SignInMethod): MethodReport["problem"] {
  const secrets = [data.clientSecret, data.bindPassword].filter((secret) => secret !== "");
  const cut = secrets.reduce((text, secret) => text.replaceAll(secret, "•••"), detail);
  return { reason, detail: cut.slice(0, 1000) };
}
