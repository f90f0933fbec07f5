import type { Credentials } from "./credentials.ts";
import type { Mask } from "./failure-detail.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import { fieldsOf, parseJson, textOf } from "./json.ts";
import { type RegistryFailures, serverWords } from "./registry-failures.ts";

/** A request to a token server. */
export interface TokenAsk {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TokenGrant {
  readonly realm: URL;
  readonly service?: string;
  readonly scopes: readonly string[];
  /** Undefined asks for an anonymous token. */
  readonly credentials: Credentials | undefined;
}

/**
 * Gets a token for a registry: anonymously or with name and password by GET
 * (distribution.github.io/distribution/spec/auth/token), with an identity token by POST (.../spec/auth/oauth).
 * Throws `registry-login` when it is refused, `registry-unreachable` when the server is not well.
 */
export async function fetchToken(
  grant: TokenGrant,
  send: (ask: TokenAsk) => Promise<HttpAnswer>,
  failures: RegistryFailures,
  mask: Mask,
): Promise<string> {
  const { host } = grant.realm;
  const answer = await send(tokenAsk(grant, mask));
  if (answer.status !== 200) {
    const said = `token server ${host}: HTTP ${answer.status} ${serverWords(answer)}`;
    throw answer.status < 500 && answer.status !== 429 ? failures.login(said) : failures.unreachable(said);
  }
  const body = fieldsOf(parseJson(answer.body.toString("utf8")));
  const token = textOf(body["token"]) ?? textOf(body["access_token"]);
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    throw failures.unreachable(`token server ${host} answered without a token`);
  }
  mask.hide(token);
  return token;
}

function tokenAsk({ realm, service, scopes, credentials }: TokenGrant, mask: Mask): TokenAsk {
  const fields = new URLSearchParams({ client_id: "gantry" });
  if (service !== undefined) fields.set("service", service);

  if (credentials !== undefined && "identityToken" in credentials) {
    const refreshToken = credentials.identityToken.reveal();
    mask.hide(refreshToken);
    fields.set("grant_type", "refresh_token");
    fields.set("refresh_token", refreshToken);
    fields.set("scope", scopes.join(" "));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { url: realm, method: "POST", headers, body: fields.toString() };
  }

  for (const scope of scopes) fields.append("scope", scope);
  if (credentials !== undefined) fields.set("account", credentials.username);
  const url = new URL(realm);
  // A realm may have a query of its own.
  url.search = new URLSearchParams([...realm.searchParams, ...fields]).toString();
  const headers = credentials === undefined ? {} : { authorization: basicHeader(credentials, mask) };
  return { url, method: "GET", headers };
}

/** RFC 7617, UTF-8. */
export function basicHeader(credentials: Extract<Credentials, { username: string }>, mask: Mask): string {
  const password = credentials.password.reveal();
  const encoded = Buffer.from(`${credentials.username}:${password}`, "utf8").toString("base64");
  mask.hide(password);
  mask.hide(encoded);
  return `Basic ${encoded}`;
}
