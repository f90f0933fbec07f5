import { gunzipSync } from "node:zlib";
import { request } from "node:http";
import { once } from "node:events";
import { expect } from "vitest";
import type { Case } from "./case.ts";
import { Client } from "./client.ts";

/** Paths, methods, formats and encodings. */
export const httpCases: readonly Case[] = [
  {
    title: "a path that is no resource answers 404: the base itself, /instances, below an instance",
    async run({ a }) {
      await a.register();
      for (const path of ["", "/", "/nothing", "/instances", `${a.path}/nothing`, `${a.path}/status/x`]) {
        expect([path, (await a.get(path)).status]).toEqual([path, 404]);
      }
    },
  },
  {
    title: "a wrong method answers 405",
    async run({ a }) {
      await a.register();
      for (const [method, path] of [
        ["PATCH", a.path],
        ["POST", a.path],
        ["DELETE", `/apps/${a.app}`],
        ["PUT", `/apps/${a.app}`],
        ["GET", `${a.path}/status`],
      ] as const) {
        expect([method, path, (await a.call(method, path)).status]).toEqual([method, path, 405]);
      }
    },
  },
  {
    title: "without the base path, /apps and /v2/apps answer 404",
    async run({ a }) {
      const root = new Client(new URL(a.url).origin, a.app, a.id);
      expect((await root.get("/apps")).status).toBe(404);
      expect((await root.get("/v2/apps")).status).toBe(404);
    },
  },
  {
    title: "below /eureka/v2 the same registry answers",
    async run({ a }) {
      await a.register();
      const v2 = new Client(`${a.url}/v2`, a.app, a.id);
      expect(await v2.state()).toBe("UP/UNKNOWN");
      expect((await v2.putStatus("OUT_OF_SERVICE")).status).toBe(200);
      expect(await a.state()).toBe("OUT_OF_SERVICE/OUT_OF_SERVICE");
    },
  },
  {
    title: "a slash at the end does not matter",
    async run({ a }) {
      await a.register();
      expect((await a.get(`/apps/${a.app}/`)).status).toBe(200);
      expect((await a.get(`${a.path}/`)).status).toBe(200);
    },
  },
  {
    title: "an instance id may be percent-encoded",
    async run({ a }) {
      const client = a.as(a.app, `${a.id}:8080`);
      await client.register();
      expect((await a.get(`/apps/${a.app}/${encodeURIComponent(client.id)}`)).status).toBe(200);
    },
  },
  {
    title: "an application's name is upper-cased, in the path and in the body",
    async run({ a }) {
      const lower = a.as(a.app.toLowerCase());
      expect((await lower.register()).status).toBe(204);
      expect((await a.live())?.["app"]).toBe(a.app);
      expect((await lower.heartbeat()).status).toBe(200);
      expect((await lower.putStatus("OUT_OF_SERVICE")).status).toBe(200);
      expect((await lower.get(`/apps/${lower.app}`)).json).toHaveProperty("application.name", a.app);
    },
  },
  {
    title: "an instance id is case-sensitive",
    async run({ a }) {
      await a.register();
      expect((await a.get(`/apps/${a.app}/${a.id.toUpperCase()}`)).status).toBe(404);
    },
  },
  {
    title: "HEAD answers as GET without a body",
    async run({ a }) {
      await a.register();
      const { status, text } = await a.call("HEAD", a.path);
      expect([status, text]).toEqual([200, ""]);
    },
  },
  {
    title: "an Accept of neither JSON nor XML answers 406",
    async run({ a }) {
      await a.register();
      expect((await a.get(a.path, { accept: "text/html" })).status).toBe(406);
      expect((await a.get(`/apps/${a.app}`, { accept: "text/plain" })).status).toBe(406);
    },
  },
  {
    title: "without json in Accept the answer is XML, for Node's */* too",
    async run({ a }) {
      await a.register();
      for (const accept of ["*/*", "application/xml"]) {
        for (const [path, root] of [
          [a.path, "<instance>"],
          [`/apps/${a.app}`, "<application>"],
          ["/apps", "<applications>"],
          ["/apps/delta", "<applications>"],
        ] as const) {
          const { type, text } = await a.get(path, { accept });
          expect([path, type.split(";")[0], text.slice(0, root.length)]).toEqual([path, "application/xml", root]);
        }
      }
    },
  },
  {
    title: "an answer is compressed for those who accept gzip",
    async run({ a }) {
      await a.register();
      const call = request(`${a.url}/apps`, {
        headers: { accept: "application/json", "accept-encoding": "gzip" },
      }).end();
      const [response] = await once(call, "response");
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      expect(response.headers["content-encoding"]).toBe("gzip");
      expect(gunzipSync(Buffer.concat(chunks)).toString()).toContain(a.app);
    },
  },
  {
    title: "the Date header is the server's clock, by which its timestamps can be read",
    async run({ a }) {
      await a.register();
      const response = await fetch(`${a.url}${a.path}`, { headers: { accept: "application/json" } });
      await response.text();
      const lease = (await a.live())?.["leaseInfo"] as { readonly registrationTimestamp: number };
      expect(Math.abs(Date.parse(response.headers.get("date") ?? "") - lease.registrationTimestamp)).toBeLessThan(5000);
    },
  },
];
