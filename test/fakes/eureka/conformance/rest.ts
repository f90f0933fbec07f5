import { expect } from "vitest";
import type { Case } from "./case.ts";
import { at, validInstance, type Client, type Registration } from "./client.ts";

/** A registration without one field, or with another value in it. */
function refused(title: string, fields: Registration, words: string): Case {
  return {
    title: `POST ${title} answers 400, ${words}, and registers nothing`,
    async run({ a }) {
      const reply = await a.register(fields);
      expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(words)]);
      expect(await a.state()).toBe("none");
    },
  };
}

/** A call on an instance that is registered. */
function onKnown(title: string, call: (client: Client) => Promise<{ status: number }>, status: number): Case {
  return {
    title: `${title} answers ${status}`,
    async run({ a }) {
      await a.register();
      expect((await call(a)).status).toBe(status);
    },
  };
}

/** The same call on an instance that is not. */
function onUnknown(title: string, call: (client: Client) => Promise<{ status: number }>): Case {
  return {
    title: `${title} of an unknown instance answers 404`,
    async run({ a }) {
      await a.as(a.app, "another").register();
      expect((await call(a)).status).toBe(404);
      expect((await call(a.as(`${a.app}-X`))).status).toBe(404);
    },
  };
}

const metadata = (client: Client) => client.call("PUT", `${client.path}/metadata?zone=z1`);

/** The reference's REST table: which call answers what. */
export const restCases: readonly Case[] = [
  {
    title: "POST answers 204 without a body, and the live read shows the instance at once",
    async run({ a }) {
      const reply = await a.register();
      expect([reply.status, reply.text]).toEqual([204, ""]);
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  refused("without hostName", { hostName: undefined }, "Missing hostname"),
  refused("without ipAddr", { ipAddr: undefined }, "Missing ip address"),
  refused("without app", { app: undefined }, "cannot parse request body"),
  refused("with another app than the path's", { app: "OTHER" }, "Mismatched appName"),
  refused("without dataCenterInfo", { dataCenterInfo: undefined }, "Missing dataCenterInfo"),
  refused(
    "without dataCenterInfo.name",
    { dataCenterInfo: { "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo" } },
    "Missing dataCenterInfo Name",
  ),
  refused("without dataCenterInfo.@class", { dataCenterInfo: { name: "MyOwn" } }, "cannot parse request body"),
  refused("with a bare number as port", { port: 8080 }, "cannot parse request body"),
  {
    title: "POST of something that is not JSON answers 400",
    async run({ a }) {
      expect((await a.post("no json")).status).toBe(400);
      expect((await a.post({})).status).toBe(400);
    },
  },
  {
    title: "POST without a content type answers 415",
    async run({ a }) {
      const reply = await a.post({ instance: validInstance(a.app, a.id) }, { "content-type": "text/plain" });
      expect(reply.status).toBe(415);
    },
  },
  {
    title: "POST without instanceId takes the host name as the id",
    async run({ a }) {
      expect((await a.register({ instanceId: undefined })).status).toBe(204);
      expect(await a.as(a.app, "host1").state()).toBe("UP/UNKNOWN");
    },
  },
  onKnown("a heartbeat", (client) => client.heartbeat(), 200),
  onUnknown("a heartbeat", (client) => client.heartbeat()),
  {
    title: "DELETE of an instance answers 200, and 404 the second time",
    async run({ a }) {
      await a.register();
      expect((await a.cancel()).status).toBe(200);
      expect((await a.cancel()).status).toBe(404);
    },
  },
  onUnknown("DELETE", (client) => client.cancel()),
  onKnown("PUT status", (client) => client.putStatus("OUT_OF_SERVICE"), 200),
  onUnknown("PUT status", (client) => client.putStatus("OUT_OF_SERVICE")),
  onKnown("PUT status with an unknown word", (client) => client.putStatus("PAUSED"), 500),
  onKnown("PUT status in lower case", (client) => client.putStatus("out_of_service"), 500),
  onKnown("PUT status without a value", (client) => client.call("PUT", `${client.path}/status`), 500),
  onKnown("DELETE status", (client) => client.deleteStatus(), 200),
  onKnown("DELETE status without a value", (client) => client.deleteStatus(""), 200),
  onUnknown("DELETE status", (client) => client.deleteStatus()),
  onKnown("DELETE status with an unknown word", (client) => client.deleteStatus("?value=Up"), 500),
  onUnknown("PUT metadata", metadata),
  {
    title: "PUT metadata answers 200 and adds to what is there",
    async run({ a }) {
      await a.register({ metadata: { a: "1", zone: "z0" } });
      expect((await metadata(a)).status).toBe(200);
      expect((await a.live())?.["metadata"]).toEqual({ a: "1", zone: "z1" });
    },
  },
  {
    title:
      "PUT status with a lastDirtyTimestamp that is no number answers 500, and the status has changed all the same",
    async run({ a }) {
      await a.register();
      expect((await a.putStatus("OUT_OF_SERVICE&lastDirtyTimestamp=soon")).status).toBe(500);
      expect(await a.state()).toBe("OUT_OF_SERVICE/OUT_OF_SERVICE");
    },
  },
  onKnown(
    "a heartbeat with a lastDirtyTimestamp that is no number",
    (client) => client.heartbeat("?lastDirtyTimestamp=soon"),
    500,
  ),
  {
    title: "GET of an instance answers 404 when it is unknown, in a known application too",
    async run({ a }) {
      await a.as(a.app, "another").register();
      expect((await a.get(a.path)).status).toBe(404);
      expect((await a.get(`/apps/${a.app}-X/${a.id}`)).status).toBe(404);
    },
  },
  {
    title: "GET /instances/{id} finds the instance in whichever application, live",
    async run({ a }) {
      expect((await a.get(`/instances/${a.id}`)).status).toBe(404);
      await a.register();
      const { json } = await a.get(`/instances/${a.id}`);
      expect(at(json, "instance", "app")).toBe(a.app);
    },
  },
  {
    title: "GET /apps/{APP} of an unknown application answers 404",
    async run({ a }) {
      expect((await a.get(`/apps/${a.app}`)).status).toBe(404);
    },
  },
  {
    title: "GET /vips and /svips find an instance by each of its comma-separated addresses",
    async run({ a }) {
      const vip = a.app.toLowerCase();
      await a.register({ vipAddress: `${vip}-1,${vip}-2`, secureVipAddress: `${vip}-s` });
      expect(await a.cached(`/vips/${vip}-2`)).toBe("UP");
      expect(await a.cached(`/svips/${vip}-s`)).toBe("UP");
      expect(await a.cached(`/vips/${vip}-s`)).toBe("none");
    },
  },
  {
    title: "GET /vips of an unknown address answers 200 with nothing in it, not 404",
    async run({ a }) {
      const { status, json } = await a.get(`/vips/${a.app}-unknown`);
      expect([status, json]).toEqual([
        200,
        { applications: { versions__delta: "-1", apps__hashcode: "", application: [] } },
      ]);
    },
  },
  {
    title: "GET /status answers 500 in JSON, and 200 in XML, where a peer that does not register counts as unavailable",
    async run({ a }) {
      expect((await a.get("/status")).status).toBe(500);
      const { status, text } = await a.get("/status", { accept: "application/xml" });
      expect(status).toBe(200);
      const peer = /<registered-replicas>(http:[^<,]*)<\/registered-replicas>/.exec(text)?.[1] ?? "no replica";
      expect(text).toContain(`<unavailable-replicas>${peer},</unavailable-replicas>`);
      expect(text).toContain("<available-replicas></available-replicas>");
    },
  },
];
