import type { FastifyRequest } from "fastify";

/** The language that the caller's Accept-Language asks for first; anything but Chinese is English. */
export function languageOf(request: FastifyRequest): "en" | "zh" {
  return /^\s*zh\b/i.test(request.headers["accept-language"] ?? "") ? "zh" : "en";
}
