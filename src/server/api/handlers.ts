import type { FastifyReply, FastifyRequest } from "fastify";
import type { AnswerOf, ParsedOf } from "../../contract/route.ts";
import type { Routes } from "../../contract/routes.ts";
import type { SignedIn } from "../accounts/signed-in.ts";

/** Whoever calls: signed in, unless the route is open to anyone. */
type CallerOf<N extends keyof Routes> = Routes[N]["access"] extends "anyone" ? undefined : SignedIn;

interface Call<N extends keyof Routes> extends ParsedOf<Routes[N]> {
  readonly caller: CallerOf<N>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** `reply` as an answer means that the handler has sent it by itself. */
type Handler<N extends keyof Routes> = (call: Call<N>) => Promise<AnswerOf<Routes[N]> | FastifyReply>;

/** One handler for each route: a route without one does not compile. */
export type Handlers<N extends keyof Routes = keyof Routes> = { readonly [K in N]: Handler<K> };
