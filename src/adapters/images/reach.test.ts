import { expect, test } from "vitest";
import { fail, ok } from "../../domain/result.ts";
import type { HttpTrouble } from "./http-exchange.ts";
import { reach } from "./reach.ts";

const answer = { status: 200, headers: {}, body: Buffer.alloc(0) };

/** A registry that gives these answers, one a try; what was tried is written down. */
function registry(...results: readonly (HttpTrouble["kind"] | "answers")[]) {
  const tried: string[] = [];
  const go = (trusted: boolean, isPrivate: boolean) =>
    reach(
      "reg.corp:5000",
      trusted,
      () => Promise.resolve(isPrivate),
      (url, trust) => {
        const result = results[tried.length] ?? "other";
        tried.push(`${url.href} ${trust}`);
        return Promise.resolve(result === "answers" ? ok(answer) : fail({ kind: result, detail: result }));
      },
    );
  return { tried, go };
}

const https = "https://reg.corp:5000/v2/";
const http = "http://reg.corp:5000/v2/";

test("HTTPS comes first and is enough", async () => {
  const { tried, go } = registry("answers");
  expect(await go(false, true)).toMatchObject({ ok: true, value: { way: { trust: "default", loginMayGo: "tls" } } });
  expect(tried).toEqual([`${https} default`]);
});

test("an unknown issuer is looked for in the machine's own stores", async () => {
  const { tried, go } = registry("certificate", "answers");
  expect(await go(false, true)).toMatchObject({ ok: true, value: { way: { trust: "machine", loginMayGo: "tls" } } });
  expect(tried).toEqual([`${https} default`, `${https} machine`]);
});

test("an issuer that the machine does not know either is the end, even on a private address", async () => {
  const { tried, go } = registry("certificate", "certificate", "answers");
  expect(await go(false, true)).toMatchObject({ ok: false, failure: { kind: "certificate" } });
  expect(tried).toHaveLength(2);
});

test("plain HTTP on a private address is spoken to, but never sees a login", async () => {
  const { tried, go } = registry("not-tls", "answers");
  expect(await go(false, true)).toMatchObject({ ok: true, value: { way: { loginMayGo: "never" } } });
  expect(tried).toEqual([`${https} default`, `${http} default`]);
});

test("plain HTTP on a public address is not spoken to", async () => {
  const { tried, go } = registry("not-tls", "answers");
  expect(await go(false, false)).toMatchObject({ ok: false, failure: { kind: "not-tls" } });
  expect(tried).toEqual([`${https} default`]);
});

test.each(["reset", "timeout", "other"] as const)("%s on HTTPS is no reason for plain HTTP", async (kind) => {
  const { tried, go } = registry(kind, "answers");
  expect(await go(false, true)).toMatchObject({ ok: false, failure: { kind } });
  expect(tried).toHaveLength(1);
});

test("an insecure registry may have any certificate, and may fall back for any reason", async () => {
  const tls = registry("answers");
  expect(await tls.go(true, false)).toMatchObject({ ok: true, value: { way: { loginMayGo: "anywhere" } } });
  expect(tls.tried).toEqual([`${https} anyone`]);
  const plain = registry("other", "answers");
  expect(await plain.go(true, false)).toMatchObject({ ok: true, value: { way: { loginMayGo: "anywhere" } } });
  expect(plain.tried).toEqual([`${https} anyone`, `${http} anyone`]);
});
