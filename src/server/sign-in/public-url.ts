import type { FastifyRequest } from "fastify";

/** The address in GANTRY_URL that people reach the console by, without a slash at its end; false: it is none. */
export function publicUrl(env: NodeJS.ProcessEnv): string | false | undefined {
  const text = env["GANTRY_URL"];
  if (text === undefined || text === "") return undefined;
  if (!URL.canParse(text)) return false;
  const { protocol, origin, pathname, search, hash, username, password } = new URL(text);
  const isOrigin = pathname === "/" && search === "" && hash === "" && username === "" && password === "";
  return isOrigin && (protocol === "https:" || protocol === "http:") ? origin : false;
}

/** Where a provider sends people back to: under GANTRY_URL, else under the address that the browser has used. */
export function redirectUriOf(method: number, base: string | undefined, request: FastifyRequest): string {
  return `${base ?? `${request.protocol}://${request.host}`}/auth/oidc/${method}/callback`;
}
