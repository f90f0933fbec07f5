import { unwrap, type Outcome } from "../../engine/errors.ts";
import { parseChallenges } from "./challenge.ts";
import type { Credentials } from "./credentials.ts";
import type { Mask } from "./failure-detail.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import { fieldsOf, parseJson, textOf } from "./json.ts";
import { type RegistryFailures, serverWords } from "./registry-failures.ts";

/** A request to a token server. */
export interface TokenAsk {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface AuthorizerContext {
  readonly repository: string;
  /** Looked up only when the registry asks for a login. */
  readonly credentials: () => Promise<Outcome<Credentials | undefined>>;
  /** False when the registry was reached in a way that must not see the login. */
  readonly loginMayGo: boolean;
  /** True when secrets may also go over plain HTTP (loopback and insecure registries). */
  readonly plainHttpMayCarryLogin: boolean;
  readonly send: (url: URL, ask: TokenAsk) => Promise<HttpAnswer>;
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

/**
 * Basic authentication (RFC 7617) and the registry's Bearer token flow
 * (distribution.github.io/distribution/spec/auth/token and .../oauth): anonymous, by name and password, or by
 * identity token.
 */
export function createAuthorizer(context: AuthorizerContext): Authorizer {
  let current: string | undefined;
  let pending: Promise<string> | undefined;
  const scopes = new Set<string>();
  return {
    header: () => current,
    async renew(challenge, used) {
      if (current !== used) return;
      pending ??= answerChallenge(context, challenge, used, scopes).finally(() => (pending = undefined));
      current = await pending;
    },
  };
}

async function answerChallenge(
  context: AuthorizerContext,
  text: string,
  used: string | undefined,
  scopes: Set<string>,
): Promise<string> {
  const { failures } = context;
  const challenges = parseChallenges(text);
  const bearer = challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters.has("realm"));
  const credentials = context.loginMayGo ? unwrap(await context.credentials()) : undefined;
  if (bearer !== undefined) return bearerHeader(context, bearer.parameters, credentials, scopes);

  if (!challenges.some(({ scheme }) => scheme === "basic")) {
    throw failures.login("the registry asks for a login in no way that Docker knows");
  }
  if (!context.loginMayGo) {
    throw failures.login("it speaks plain HTTP and is not listed as insecure, so the login is not sent to it");
  }
  if (credentials === undefined) throw failures.login("Docker's configuration has no login for it");
  if ("identityToken" in credentials) {
    throw failures.login("it asks for a name and a password, and Docker's configuration has an identity token");
  }
  const header = basicHeader(context.mask, credentials.username, credentials.password.reveal());
  if (header === used) throw failures.login(`name or password refused for ${credentials.username}`);
  return header;
}

function basicHeader(mask: Mask, username: string, password: string): string {
  const encoded = Buffer.from(`${username}:${password}`, "utf8").toString("base64");
  mask.hide(password);
  mask.hide(encoded);
  return `Basic ${encoded}`;
}

async function bearerHeader(
  context: AuthorizerContext,
  parameters: ReadonlyMap<string, string>,
  credentials: Credentials | undefined,
  scopes: Set<string>,
): Promise<string> {
  const { failures, mask } = context;
  const realm = parameters.get("realm") ?? "";
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw failures.login("the registry names a token server that is not an HTTP address");
  }
  if (credentials !== undefined && url.protocol === "http:" && !context.plainHttpMayCarryLogin) {
    throw failures.login(`its token server ${url.host} speaks plain HTTP, so the login is not sent to it`);
  }
  // One token for everything asked so far: some registries name another scope for tags than for manifests.
  const asked = parameters.get("scope") ?? `repository:${context.repository}:pull`;
  for (const scope of asked.split(/\s+/)) if (scope !== "") scopes.add(scope);

  const ask = tokenAsk(url, parameters.get("service"), [...scopes], credentials, mask);
  const answer = await context.send(ask.url, ask);
  if (answer.status !== 200) {
    const said = `token server ${url.host}: HTTP ${answer.status} ${serverWords(answer)}`;
    throw answer.status < 500 && answer.status !== 429 ? failures.login(said) : failures.unreachable(said);
  }
  const body = fieldsOf(parseJson(answer.body.toString("utf8")));
  const token = textOf(body["token"]) ?? textOf(body["access_token"]);
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    throw failures.unreachable(`token server ${url.host} answered without a token`);
  }
  mask.hide(token);
  return `Bearer ${token}`;
}

function tokenAsk(
  realm: URL,
  service: string | undefined,
  scopes: readonly string[],
  credentials: Credentials | undefined,
  mask: Mask,
): TokenAsk & { readonly url: URL } {
  const query = new URLSearchParams({ client_id: "gantry" });
  if (service !== undefined) query.set("service", service);

  if (credentials !== undefined && "identityToken" in credentials) {
    const refresh = credentials.identityToken.reveal();
    mask.hide(refresh);
    query.set("grant_type", "refresh_token");
    query.set("refresh_token", refresh);
    query.set("scope", scopes.join(" "));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { url: realm, method: "POST", headers, body: query.toString() };
  }

  for (const scope of scopes) query.append("scope", scope);
  const url = new URL(realm);
  if (credentials === undefined) {
    url.search = joinQuery(realm, query);
    return { url, method: "GET", headers: {} };
  }
  query.set("account", credentials.username);
  url.search = joinQuery(realm, query);
  const authorization = basicHeader(mask, credentials.username, credentials.password.reveal());
  return { url, method: "GET", headers: { authorization } };
}

/** A realm may have a query of its own. */
function joinQuery(realm: URL, query: URLSearchParams): string {
  return new URLSearchParams([...realm.searchParams, ...query]).toString();
}
