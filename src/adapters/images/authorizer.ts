import { type Outcome, unwrap } from "../../engine/errors.ts";
import { basicHeader, fetchToken, type TokenAsk } from "./bearer-token.ts";
import { type Challenge, parseChallenges } from "./challenge.ts";
import type { Credentials } from "./credentials.ts";
import type { Mask } from "./failure-detail.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import type { RegistryFailures } from "./registry-failures.ts";

/** Where a login may go: nowhere, over verified or trusted TLS only, or over plain HTTP too (loopback, insecure). */
export type LoginRule = "never" | "tls" | "anywhere";

export interface AuthorizerContext {
  readonly repository: string;
  /** Called only when the registry asks for a login. */
  readonly credentials: () => Promise<Outcome<Credentials | undefined>>;
  readonly loginMayGo: LoginRule;
  readonly send: (ask: TokenAsk) => Promise<HttpAnswer>;
  readonly failures: RegistryFailures;
  readonly mask: Mask;
}

/** Keeps the `Authorization` header of one conversation with a registry. */
export interface Authorizer {
  header(): string | undefined;
  /**
   * Answers a 401: gets a header that satisfies `challenge` (a `WWW-Authenticate` value). `used` is the header that
   * was refused; when another request has replaced it meanwhile, there is nothing to do. Throws `registry-login` or
   * `registry-unreachable`.
   */
  renew(challenge: string, used: string | undefined): Promise<void>;
}

/** Basic authentication and the registry's Bearer token flow, the latter where the registry offers both. */
export function createAuthorizer(context: AuthorizerContext): Authorizer {
  let current: string | undefined;
  let pending: Promise<string> | undefined;
  // One token for everything asked so far: some registries name another scope for tags than for manifests.
  const scopes = new Set<string>();

  async function answerTo(text: string, used: string | undefined): Promise<string> {
    const challenges = parseChallenges(text);
    const credentials = context.loginMayGo === "never" ? undefined : unwrap(await context.credentials());
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (bearer !== undefined) return bearerHeader(bearer, credentials);
    if (challenges.some(({ scheme }) => scheme === "basic")) return basic(credentials, used);
    throw context.failures.login("it asks for a login in no way that Docker knows");
  }

  async function bearerHeader({ parameters }: Challenge, credentials: Credentials | undefined): Promise<string> {
    const { failures, mask } = context;
    const address = parameters.get("realm") ?? "";
    const realm = URL.canParse(address) ? new URL(address) : undefined;
    if (realm === undefined || (realm.protocol !== "https:" && realm.protocol !== "http:")) {
      throw failures.login("it names a token server that is not an HTTP address");
    }
    if (credentials !== undefined && realm.protocol === "http:" && context.loginMayGo !== "anywhere") {
      throw failures.login(`its token server ${realm.host} speaks plain HTTP, so the login is not sent to it`);
    }
    for (const scope of (parameters.get("scope") ?? "").split(/\s+/)) if (scope !== "") scopes.add(scope);
    if (scopes.size === 0) scopes.add(`repository:${context.repository}:pull`);
    const service = parameters.get("service");
    const grant = { realm, scopes: [...scopes], credentials, ...(service === undefined ? {} : { service }) };
    return `Bearer ${await fetchToken(grant, context.send, failures, mask)}`;
  }

  function basic(credentials: Credentials | undefined, used: string | undefined): string {
    const { failures, mask } = context;
    if (context.loginMayGo === "never") throw failures.login(plainHttpNote);
    if (credentials === undefined) throw failures.login("Docker's configuration has no login for it");
    if ("identityToken" in credentials) {
      throw failures.login("it asks for a name and a password, and Docker's configuration has an identity token");
    }
    const header = basicHeader(credentials, mask);
    if (header === used) throw failures.login(`it refuses the name or the password of ${credentials.username}`);
    return header;
  }

  return {
    header: () => current,
    async renew(challenge, used) {
      if (current !== used) return;
      pending ??= answerTo(challenge, used).finally(() => (pending = undefined));
      current = await pending;
    },
  };
}

/** Why a login that exists was not used. */
export const plainHttpNote = "it speaks plain HTTP and is not listed as insecure, so no login is sent to it";
