import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Serves the built pages: files under /assets for ever, and the one page for every path that is not the API's. */
export async function servePages(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined) {
    app.get("/", { schema: { hide: true } }, async (_request, reply) =>
      reply.type("text/plain").send("The pages are not built. Run: npm run build\n"),
    );
    return;
  }
  const page = await readFile(join(folder, "index.html"));
  await app.register(fastifyStatic, {
    root: join(folder, "assets"),
    prefix: "/assets/",
    preCompressed: true,
    immutable: true,
    maxAge: "1y",
    wildcard: true,
  });
  app.get("/*", { schema: { hide: true } }, async (request, reply) => {
    if (request.url.startsWith("/api/")) return reply.callNotFound();
    return reply.type("text/html").header("cache-control", "no-cache").send(page);
  });
}
