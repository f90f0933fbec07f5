// oxlint-disable-next-line import/no-unassigned-import -- it brings the types of cookies
import "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { SecretBox } from "../secrets/secret-box.ts";

const COOKIE = "gantry_oidc";
const CONTEXT = "cookie/oidc";
/** Seconds within which somebody has to come back from the provider. */
const LIFETIME = 600;

const Begun = z.object({
  method: z.number(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  /** Where to go afterwards. */
  back: z.string(),
  /** Milliseconds since 1970. */
  until: z.number(),
});

/** A sign-in that was begun in a browser, and is finished there or nowhere. */
export type Begun = z.infer<typeof Begun>;

/** Keeps it in the browser, sealed, so that nobody else's callback is taken for this browser's (login CSRF). */
export function keepBegun(
  box: SecretBox,
  begun: Omit<Begun, "until">,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const sealed = box.seal(JSON.stringify({ ...begun, until: Date.now() + LIFETIME * 1000 }), CONTEXT);
  reply.setCookie(COOKIE, sealed, { ...cookieOptions(request), maxAge: LIFETIME });
}

/** What this browser has begun, once; undefined: nothing, or too long ago. */
export function takeBegun(box: SecretBox, request: FastifyRequest, reply: FastifyReply): Begun | undefined {
  const sealed = request.cookies[COOKIE];
  if (sealed === undefined) return undefined;
  reply.clearCookie(COOKIE, cookieOptions(request));
  const opened = box.open(sealed, CONTEXT);
  if (!opened.ok) return undefined;
  const begun = Begun.parse(JSON.parse(opened.value));
  return begun.until < Date.now() ? undefined : begun;
}

/** Lax: the browser comes back by a link from another site. */
function cookieOptions(request: FastifyRequest) {
  return { path: "/auth/oidc", httpOnly: true, sameSite: "lax", secure: request.protocol === "https" } as const;
}
