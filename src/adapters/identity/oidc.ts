import type { ClientAuth, Configuration } from "openid-client";
import { fail, ok, type Result } from "../../domain/result.ts";
import { textClaim, textsClaim, type Claims } from "./claims.ts";
import type { ExternalIdentity } from "./external-identity.ts";

/** A client that is registered at a provider of OpenID Connect. */
export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty: a public client. */
  readonly clientSecret: string;
  readonly scopes: string;
  readonly nameClaim: string;
  /** Empty: groups are not asked for. */
  readonly groupsClaim: string;
}

export type OidcFailure =
  | { readonly reason: "unreachable"; readonly detail: string }
  | { readonly reason: "certificate"; readonly detail: string }
  /** What it says of itself, or of somebody, is not what the specification wants. */
  | { readonly reason: "unexpected"; readonly detail: string }
  | { readonly reason: "other-issuer"; readonly detail: string }
  /** The provider, or the person there, has refused. */
  | { readonly reason: "refused"; readonly detail: string };

/** What binds a sign-in to the browser in which it was begun; to be kept until the browser comes back. */
interface OidcSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A provider whose discovery document has been read. Its keys are cached, and read anew where one is not known. */
export interface OidcProvider {
  readonly authorizationEndpoint: string;
  /** Where the browser is sent to: authorization code flow with PKCE (RFC 7636), state and nonce. */
  begin(redirectUri: string): Promise<{ readonly url: string; readonly secrets: OidcSecrets }>;
  /** Who has come back; `callback`: the redirect URI with the query that the browser brings. */
  finish(callback: URL, secrets: OidcSecrets): Promise<Result<ExternalIdentity, OidcFailure>>;
}

/** Seconds that one request to a provider may take. */
const DEADLINE = 10;
/** Seconds that its clock may differ. */
const CLOCK_TOLERANCE = 30;

/** Reads the discovery document of the issuer. Without TLS only where the issuer is on this machine. */
export async function discoverOidc(client: OidcClient): Promise<Result<OidcProvider, OidcFailure>> {
  const openid = await import("openid-client");
  const issuer = new URL(client.issuer);
  try {
    const configuration = await openid.discovery(
      issuer,
      client.clientId,
      { [openid.clockTolerance]: CLOCK_TOLERANCE },
      await authenticationOf(client),
      {
        timeout: DEADLINE,
        execute: [
          // OpenID Connect Core, 3.1.3.7: TLS may stand in for the signature of an ID token; here both are checked.
          openid.enableNonRepudiationChecks,
          ...(issuer.protocol === "http:" ? [openid.allowInsecureRequests] : []),
        ],
      },
    );
    const { authorization_endpoint: endpoint, token_endpoint: token } = configuration.serverMetadata();
    if (endpoint === undefined || !URL.canParse(endpoint) || token === undefined || !URL.canParse(token))
      return fail({ reason: "unexpected", detail: "the discovery document lacks an endpoint" });
    return ok({
      authorizationEndpoint: endpoint,
      begin: (redirectUri) => begin(configuration, client, redirectUri),
      finish: async (callback, secrets) => finish(configuration, client, callback, secrets),
    });
  } catch (error) {
    return fail(await failureOf(error));
  }
}

async function begin(configuration: Configuration, { scopes }: OidcClient, redirectUri: string) {
  const openid = await import("openid-client");
  const secrets = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
  };
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: scopes,
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: "S256",
  });
  return { url: url.href, secrets };
}

async function finish(
  configuration: Configuration,
  client: OidcClient,
  callback: URL,
  { state, nonce, verifier }: OidcSecrets,
): Promise<Result<ExternalIdentity, OidcFailure>> {
  const openid = await import("openid-client");
  try {
    const tokens = await openid.authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims: Claims | undefined = tokens.claims();
    const subject = textClaim(claims, "sub");
    if (claims === undefined || subject === "") return fail({ reason: "unexpected", detail: "no ID token" });
    const wanted = [client.nameClaim, client.groupsClaim].filter((claim) => claim !== "");
    const lacking = wanted.some((claim) => textsClaim(claims, claim) === undefined);
    const more: Claims =
      lacking && configuration.serverMetadata().userinfo_endpoint !== undefined
        ? await openid.fetchUserInfo(configuration, tokens.access_token, subject)
        : {};
    // What is signed comes first.
    const all: Claims = { ...more, ...claims };
    return ok({
      subject,
      name: textClaim(all, client.nameClaim),
      displayName: textClaim(all, "name"),
      email: textClaim(all, "email"),
      groups: textsClaim(all, client.groupsClaim) ?? [],
    });
  } catch (error) {
    return fail(await failureOf(error));
  }
}

/** RFC 8414, section 2: a provider that does not say how clients authenticate wants `client_secret_basic`. */
async function authenticationOf({ clientSecret }: OidcClient): Promise<ClientAuth> {
  const openid = await import("openid-client");
  if (clientSecret === "") return openid.None();
  const [basic, post] = [openid.ClientSecretBasic(clientSecret), openid.ClientSecretPost(clientSecret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const chosen = methods.includes("client_secret_basic") || !methods.includes("client_secret_post") ? basic : post;
    chosen(server, client, body, headers);
  };
}

/** Errors of the library and of the network; anything else is a bug, and is thrown on. */
async function failureOf(error: unknown): Promise<OidcFailure> {
  const { AuthorizationResponseError, ClientError, ResponseBodyError } = await import("openid-client");
  if (!(error instanceof Error)) throw error;
  const code = codeOf(error);
  const detail = [error.message, causeOf(error)].filter((part) => part !== "").join(": ");
  if (error instanceof AuthorizationResponseError)
    return { reason: REFUSAL.test(error.error) ? "refused" : "unexpected", detail: oauthError(error) };
  if (error instanceof ResponseBodyError) return { reason: "unexpected", detail: oauthError(error) };
  if (code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") return { reason: "other-issuer", detail };
  if (CERTIFICATE.test(code)) return { reason: "certificate", detail };
  if (UNREACHABLE.test(code) || error.message === "fetch failed") return { reason: "unreachable", detail };
  if (error instanceof ClientError || code !== "") return { reason: "unexpected", detail };
  throw error;
}

/** RFC 6749, section 4.1.2.1, and OpenID Connect Core, 3.1.2.6. */
const REFUSAL = /^(access_denied|(login|consent|interaction|account_selection)_required)$/u;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME/u;
const UNREACHABLE = /^(OAUTH_TIMEOUT|OAUTH_ABORT|E[A-Z]+|UND_ERR_.*)$/u;

/** The code of an error, else of what has caused it. */
function codeOf(error: Error): string {
  if ("code" in error && typeof error.code === "string") return error.code;
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? cause.message : "";
}

/** RFC 6749: `error` and `error_description`, which hold nothing secret. */
function oauthError({ error, error_description = "" }: OAuthError): string {
  return [error, error_description]
    .filter((part) => part !== "")
    .join(": ")
    .slice(0, 500);
}

interface OAuthError {
  readonly error: string;
  readonly error_description?: string | undefined;
}
