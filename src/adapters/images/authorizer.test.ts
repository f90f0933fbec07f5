import { expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { ok } from "../../domain/result.ts";
import { attempt, unwrap } from "../../engine/errors.ts";
import { type AuthorizerContext, createAuthorizer } from "./authorizer.ts";
import type { TokenAsk } from "./bearer-token.ts";
import type { Credentials } from "./credentials.ts";
import { Mask } from "./failure-detail.ts";
import { addressOf } from "./image-address.ts";
import { registryFailures } from "./registry-failures.ts";

const ann: Credentials = { username: "ann", password: new Secret("pa55word") };
const token: Credentials = { identityToken: new Secret("refresh-me") };
const bearer = 'Bearer realm="https://auth.io/token?x=1",service="reg.io",scope="repository:team/demo1:pull"';

interface World {
  readonly loginMayGo?: AuthorizerContext["loginMayGo"];
  readonly status?: number;
  readonly body?: unknown;
}

function world(
  credentials: Credentials | undefined,
  { loginMayGo = "tls", status = 200, body = { token: "t0ken" } }: World = {},
) {
  const asks: TokenAsk[] = [];
  let looked = 0;
  const mask = new Mask();
  const authorizer = createAuthorizer({
    repository: "team/demo1",
    credentials: () => {
      looked++;
      return Promise.resolve(ok(credentials));
    },
    loginMayGo,
    send: (ask) => {
      asks.push(ask);
      return Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
    },
    failures: registryFailures(unwrap(addressOf("reg.io/team/demo1")), mask),
    mask,
  });
  return { authorizer, asks, looked: () => looked };
}

function renew(authorizer: ReturnType<typeof createAuthorizer>, challenge: string, used?: string) {
  return attempt(() => authorizer.renew(challenge, used));
}

test("without a login a token is asked for anonymously", async () => {
  const { authorizer, asks } = world(undefined);
  await authorizer.renew(bearer, undefined);
  expect(authorizer.header()).toBe("Bearer t0ken");
  expect(asks.map(({ url, method, headers }) => [method, url.href, headers])).toEqual([
    ["GET", "https://auth.io/token?x=1&client_id=gantry&service=reg.io&scope=repository%3Ateam%2Fdemo1%3Apull", {}],
  ]);
});

test("name and password go to the token server by Basic authentication", async () => {
  const { authorizer, asks } = world(ann);
  await authorizer.renew(bearer, undefined);
  expect(asks[0]?.headers["authorization"]).toBe(`Basic ${Buffer.from("ann:pa55word").toString("base64")}`);
  expect(asks[0]?.url.searchParams.get("account")).toBe("ann");
});

test("an identity token is posted as an OAuth2 refresh token, never in the address", async () => {
  const { authorizer, asks } = world(token, { body: { access_token: "acc3ss" } });
  await authorizer.renew(bearer, undefined);
  expect(authorizer.header()).toBe("Bearer acc3ss");
  expect(asks[0]).toMatchObject({ method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } });
  expect(asks[0]?.url.href).not.toContain("refresh-me");
  expect(Object.fromEntries(new URLSearchParams(asks[0]?.body))).toEqual({
    grant_type: "refresh_token",
    refresh_token: "refresh-me",
    client_id: "gantry",
    service: "reg.io",
    scope: "repository:team/demo1:pull",
  });
});

test("a challenge without a scope asks to pull the repository", async () => {
  const { authorizer, asks } = world(undefined);
  await authorizer.renew('Bearer realm="https://auth.io/token"', undefined);
  expect(asks[0]?.url.searchParams.get("scope")).toBe("repository:team/demo1:pull");
});

test("a later token covers the earlier scopes too", async () => {
  const { authorizer, asks } = world(undefined);
  await authorizer.renew(bearer, undefined);
  await authorizer.renew(
    'Bearer realm="https://auth.io/token",scope="repository:team/demo1:metadata_read"',
    "Bearer t0ken",
  );
  expect(asks[1]?.url.searchParams.getAll("scope")).toEqual([
    "repository:team/demo1:pull",
    "repository:team/demo1:metadata_read",
  ]);
});

test("requests that are refused together ask for one token", async () => {
  const { authorizer, asks } = world(ann);
  await Promise.all(Array.from({ length: 8 }, () => authorizer.renew(bearer, undefined)));
  await authorizer.renew(bearer, undefined);
  expect(asks).toHaveLength(1);
});

test("a refused token request is a login failure without secrets, an ailing token server is not", async () => {
  const refusal = world(ann, { status: 401, body: { details: "wrong pa55word for YW5uOnBhNTV3b3Jk" } });
  expect(await renew(refusal.authorizer, bearer)).toEqual({
    ok: false,
    failure: {
      reason: "registry-login",
      registry: "reg.io",
      image: "reg.io/team/demo1",
      detail: "token server auth.io: HTTP 401 wrong [redacted] for [redacted]",
    },
  });
  const ailing = world(ann, { status: 503 });
  expect(await renew(ailing.authorizer, bearer)).toMatchObject({ failure: { reason: "registry-unreachable" } });
  const nonsense = world(ann, { body: { token: "a b\n" } });
  expect(await renew(nonsense.authorizer, bearer)).toMatchObject({ failure: { reason: "registry-unreachable" } });
});

test("a login does not go to a token server over plain HTTP, unless the registry may see it so", async () => {
  const plain = bearer.replace("https:", "http:");
  const strict = world(ann);
  expect(await renew(strict.authorizer, plain)).toMatchObject({ failure: { reason: "registry-login" } });
  expect(strict.asks).toEqual([]);
  const lax = world(ann, { loginMayGo: "anywhere" });
  expect((await renew(lax.authorizer, plain)).ok).toBe(true);
});

test("a registry that must not see the login gets an anonymous token, and the login is not even looked up", async () => {
  const { authorizer, asks, looked } = world(ann, { loginMayGo: "never" });
  await authorizer.renew(bearer, undefined);
  expect(asks[0]?.headers).toEqual({});
  expect(await renew(authorizer, 'Basic realm="x"', "Bearer t0ken")).toMatchObject({
    failure: { reason: "registry-login", detail: expect.stringContaining("plain HTTP") },
  });
  expect(looked()).toBe(0);
});

test.each(["", "Negotiate", 'Bearer realm="ftp://auth.io"', 'Bearer service="x"', 'Basic realm="x"'])(
  "the challenge %j without a login is a failure",
  async (challenge) => {
    const { authorizer } = world(undefined);
    expect(await renew(authorizer, challenge)).toMatchObject({ failure: { reason: "registry-login" } });
  },
);

test("Basic is answered once; a second refusal ends it", async () => {
  const { authorizer } = world(ann);
  await authorizer.renew('Basic realm="x"', undefined);
  const header = authorizer.header();
  expect(header).toBe(`Basic ${Buffer.from("ann:pa55word").toString("base64")}`);
  expect(await renew(authorizer, 'Basic realm="x"', header)).toMatchObject({
    failure: { reason: "registry-login", detail: "it refuses the name or the password of ann" },
  });
});

test("an identity token is no answer to Basic", async () => {
  const { authorizer } = world(token);
  expect(await renew(authorizer, 'Basic realm="x"')).toMatchObject({ failure: { reason: "registry-login" } });
});
