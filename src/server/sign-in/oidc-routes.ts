import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OidcFailure } from "../../adapters/identity/oidc.ts";
import type { SignInProblem } from "../../contract/sign-in-problems.ts";
import { returnAddress } from "../../domain/return-address.ts";
import { enter, type SignInParts } from "../accounts/sign-in.ts";
import { externalAccount } from "./external-account.ts";
import { noteRefusal } from "./note-refusal.ts";
import { keepBegun, takeBegun } from "./oidc-cookie.ts";
import type { OidcProviders } from "./oidc-providers.ts";
import { redirectUriOf } from "./public-url.ts";
import { type MethodParts, usableMethod, type UsableMethod } from "./sign-in-methods.ts";

export interface OidcParts extends MethodParts, SignInParts {
  readonly providers: OidcProviders;
  /** As `publicUrl` gives it. */
  readonly base: string | undefined;
}

/** How often a minute an address may begin, or come back; a whole office may have the same. */
const LIMIT = { max: 300, timeWindow: 60_000, allowList: [] };
/** Longer addresses to go back to would not fit into a cookie. */
const LONGEST_RETURN = 1000;

/**
 * Sign-in by OpenID Connect, for browsers: `/auth/oidc/:id` leads to the provider, which leads back to
 * `/auth/oidc/:id/callback`. Whatever goes wrong ends on the sign-in page, which says it in words.
 */
export function oidcRoutes(app: FastifyInstance, parts: OidcParts): void {
  const common = {
    schema: { hide: true },
    config: { rateLimit: LIMIT },
    errorHandler: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      if ("statusCode" in error && error.statusCode === 429) return toSignIn(reply, "too-many", "/");
      request.log.error({ err: error, reqId: request.id }, error.message);
      return toSignIn(reply, "failed", "/");
    },
  } as const;

  app.get<Asked>("/auth/oidc/:id", common, async (request, reply) => {
    const back = backFrom(request.query["return"]);
    const method = await usableMethod(parts, "oidc", Number(request.params.id));
    if (method === undefined) return toSignIn(reply, "no-method", back);
    const provider = await parts.providers(method);
    if (!provider.ok) return toSignIn(reply, trouble(request, method, provider.failure), back);
    const redirectUri = redirectUriOf(method.id, parts.base, request);
    const { url, secrets } = await provider.value.begin(redirectUri);
    keepBegun(parts.box, { method: method.id, ...secrets, redirectUri, back }, request, reply);
    return reply.header("cache-control", "no-store").redirect(url, 303);
  });

  app.get<Asked>("/auth/oidc/:id/callback", common, async (request, reply) => {
    const begun = takeBegun(parts.box, request, reply);
    if (begun === undefined || begun.method !== Number(request.params.id) || begun.state !== request.query["state"])
      return toSignIn(reply, "expired", begun?.back ?? "/");
    const method = await usableMethod(parts, "oidc", begun.method);
    if (method === undefined) return toSignIn(reply, "no-method", begun.back);
    const provider = await parts.providers(method);
    if (!provider.ok) return toSignIn(reply, trouble(request, method, provider.failure), begun.back);

    const callback = new URL(begun.redirectUri);
    callback.search = new URL(request.url, begun.redirectUri).search;
    const identity = await provider.value.finish(callback, begun);
    const refuse = async (problem: SignInProblem, name: string): Promise<FastifyReply> => {
      await noteRefusal(parts.db, method, { name, problem, address: request.ip });
      return toSignIn(reply, problem, begun.back);
    };
    if (!identity.ok) return refuse(trouble(request, method, identity.failure), "");
    const account = await externalAccount(parts.db, method, identity.value, request.ip);
    if (!account.ok) return refuse(account.failure, identity.value.name);

    // A second factor is the provider's to ask for.
    await enter(parts, { ...account.value, by: method.name, factor: "none" }, { request, reply });
    return reply.header("cache-control", "no-store").redirect(begun.back, 303);
  });
}

interface Asked {
  Params: { id: string };
  Querystring: Readonly<Record<string, string | string[] | undefined>>;
}

function backFrom(asked: string | string[] | undefined): string {
  return typeof asked === "string" && asked.length <= LONGEST_RETURN ? returnAddress(asked) : "/";
}

function toSignIn(reply: FastifyReply, problem: SignInProblem, back: string): FastifyReply {
  const query = new URLSearchParams({ problem, ...(back === "/" ? {} : { return: back }) });
  return reply.header("cache-control", "no-store").redirect(`/sign-in?${query.toString()}`, 303);
}

/** The word for the sign-in page; what exactly went wrong is for the server's log. */
function trouble(request: FastifyRequest, method: UsableMethod, failure: OidcFailure): SignInProblem {
  const { reason, detail } = failure;
  if (reason !== "refused")
    request.log.error({ method: method.name, reason, detail }, "sign-in by a provider did not work");
  switch (reason) {
    case "refused":
      return "refused";
    case "unreachable":
      return "unreachable";
    case "certificate":
    case "unexpected":
      return "not-trusted";
    case "other-issuer":
      return "set-up";
    default:
      return reason satisfies never;
  }
}
