import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Claims = Readonly<Record<string, unknown>>;

/** How an ID token is signed: by the key that is published, by another one, by none, or by the client's secret. */
export type Signing = "own" | "other" | "none" | "secret";

export interface FalseProvider {
  readonly issuer: string;
  /** What the discovery document says instead. */
  discovery: Claims | "html" | "error";
  /** What the token endpoint answers; undefined: an ID token made of the parts below. */
  token: { readonly status: number; readonly type: string; readonly body: string } | undefined;
  /** Claims that differ from the right ones; undefined ones are left out. */
  claims: Claims;
  signing: Signing;
  nonce: string;
  keys: "own" | "none";
  /** Bodies that the token endpoint was sent. */
  readonly asked: URLSearchParams[];
  stop(): Promise<void>;
}

/** A provider that follows the rules but for what a test has it break. */
export async function startFalseProvider(clientId: string, clientSecret: string): Promise<FalseProvider> {
  const keys = { own: newKey(), other: newKey() };
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: FalseProvider = {
    issuer,
    discovery: {},
    token: undefined,
    claims: {},
    signing: "own",
    nonce: "",
    keys: "own",
    asked: [],
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const idToken = (): string => {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, sub: "42", aud: clientId, iat: now, exp: now + 300, nonce: provider.nonce };
    const claims = { ...right, preferred_username: "false-person", groups: [], ...provider.claims };
    return jwt(claims, provider.signing, keys, clientSecret);
  };
  server.on("request", (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => void parts.push(part));
    request.on("end", () => {
      switch (request.url) {
        case "/.well-known/openid-configuration":
          return discover(provider, response);
        case "/jwks":
          return json(response, 200, {
            keys: provider.keys === "own" ? [{ ...keys.own.jwk, kid: "own", use: "sig", alg: "ES256" }] : [],
          });
        case "/token": {
          provider.asked.push(new URLSearchParams(Buffer.concat(parts).toString("utf8")));
          const { token } = provider;
          if (token === undefined)
            return json(response, 200, { access_token: "a", token_type: "Bearer", id_token: idToken() });
          return response.writeHead(token.status, { "content-type": token.type }).end(token.body);
        }
        default:
          return json(response, 404, {});
      }
    });
  });
  return provider;
}

function discover({ issuer, discovery }: FalseProvider, response: ServerResponse): void {
  if (discovery === "html") return void response.writeHead(200, { "content-type": "text/html" }).end("<html>");
  if (discovery === "error") return void response.writeHead(500).end("broken");
  json(response, 200, {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256", "HS256", "none"],
    ...discovery,
  });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

interface Key {
  readonly key: KeyObject;
  readonly jwk: object;
}

function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { key: privateKey, jwk: publicKey.export({ format: "jwk" }) };
}

function jwt(claims: Claims, signing: Signing, keys: { own: Key; other: Key }, secret: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = {
    own: { alg: "ES256", kid: "own" },
    other: { alg: "ES256", kid: "own" },
    none: { alg: "none" },
    secret: { alg: "HS256" },
  }[signing];
  const content = `${part(header)}.${part(claims)}`;
  if (signing === "none") return `${content}.`;
  if (signing === "secret") return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
  const signature = sign("sha256", Buffer.from(content), { key: keys[signing].key, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}
