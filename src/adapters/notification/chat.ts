import { createHmac } from "node:crypto";
import type { Delivery, Message, Send } from "./message.ts";
import { postJson, serviceCode } from "./post-json.ts";

export interface Chat {
  readonly url: string;
  /** What the service signs with; empty: the robot does not ask for it. */
  readonly secret: string;
}

/**
 * A robot of a DingTalk group. Signed as its documentation of custom robots has it: HMAC-SHA256 under the secret over
 * `<milliseconds>\n<secret>`, in base64, as query parameters.
 */
export function dingTalk({ url, secret }: Chat): Send {
  return async (message) => {
    if (!URL.canParse(url)) return answered(await postJson(url, ""), []);
    const address = new URL(url);
    if (secret !== "") {
      const timestamp = String(Date.now());
      address.searchParams.set("timestamp", timestamp);
      address.searchParams.set("sign", hmac(secret, `${timestamp}\n${secret}`));
    }
    const text = [`### ${plain(message.title)}`, ...markdownFacts(message), markdownLink(message)].join("\n\n");
    const body = { msgtype: "markdown", markdown: { title: message.title, text } };
    return answered(await postJson(address.href, JSON.stringify(body)), ["errcode"]);
  };
}

/**
 * A custom bot of a Feishu (Lark) group. Signed as its documentation has it: HMAC-SHA256 under `<seconds>\n<secret>` over
 * nothing, in base64, in the body.
 */
export function feishu({ url, secret }: Chat): Send {
  return async (message) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const content = [
      ...message.facts.map(([label, value]) => [{ tag: "text", text: `${label}: ${value}` }]),
      [{ tag: "a", text: message.link.label, href: message.link.url }],
    ];
    const body = {
      ...(secret === "" ? {} : { timestamp, sign: hmac(`${timestamp}\n${secret}`, "") }),
      msg_type: "post",
      content: { post: { zh_cn: { title: message.title, content } } },
    };
    return answered(await postJson(url, JSON.stringify(body)), ["code", "StatusCode"]);
  };
}

/** Bytes of Markdown that a WeCom robot takes. */
const WECOM_LIMIT = 4096;

/** A group robot of WeCom; its address holds the key, there is no signature. */
export function weCom({ url }: Chat): Send {
  return async (message) => {
    const link = markdownLink(message);
    const text = [`### ${plain(message.title)}`, ...markdownFacts(message)].join("\n");
    const room = WECOM_LIMIT - Buffer.byteLength(link) - 1;
    const body = { msgtype: "markdown", markdown: { content: `${cutBytes(text, room)}\n${link}` } };
    return answered(await postJson(url, JSON.stringify(body)), ["errcode"]);
  };
}

/** An incoming webhook of Slack; its address holds the token, there is no signature. */
export function slack({ url }: Chat): Send {
  return async (message) => {
    const facts = message.facts.map(([label, value]) => `*${escapeSlack(label)}* ${escapeSlack(value)}`);
    const text = [
      `*${escapeSlack(message.title)}*`,
      ...facts,
      `<${message.link.url}|${escapeSlack(message.link.label)}>`,
    ].join("\n");
    const sent = await postJson(url, JSON.stringify({ text }));
    return sent.ok ? { ok: true, value: undefined } : sent;
  };
}

/**
 * Any HTTP server. Signed as GitHub's and Stripe's webhooks are: `x-gantry-signature: sha256=<hex>`, HMAC-SHA256 under
 * the secret over `<x-gantry-timestamp>.<body>`, so that neither can be changed, nor an old one sent again unnoticed.
 */
export function webhook({ url, secret }: Chat): Send {
  return async (message) => {
    const body = JSON.stringify(message.body);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
    const sent = await postJson(url, body, {
      "x-gantry-event": message.event,
      "x-gantry-timestamp": timestamp,
      ...(secret === "" ? {} : { "x-gantry-signature": `sha256=${signature}` }),
    });
    return sent.ok ? { ok: true, value: undefined } : sent;
  };
}

function answered(sent: Awaited<ReturnType<typeof postJson>>, codes: readonly string[]): Delivery {
  return sent.ok ? serviceCode(sent.value, codes) : sent;
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64");
}

function markdownFacts({ facts }: Message): string[] {
  return facts.map(([label, value]) => `**${plain(label)}:** ${plain(value)}`);
}

function markdownLink({ link }: Message): string {
  return `[${plain(link.label)}](${link.url})`;
}

/** What somebody has typed shall not become Markdown: a link, a heading, a mention. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+!|<>~@]/g, String.raw`\$&`).replaceAll(/\s+/g, " ");
}

/** https://api.slack.com/reference/surfaces/formatting#escaping */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cutBytes(text: string, room: number): string {
  if (Buffer.byteLength(text) <= room) return text;
  let cut = text;
  while (Buffer.byteLength(cut) > room - 3)
    cut = Array.from(cut)
      .slice(0, -Math.ceil(Array.from(cut).length / 20))
      .join("");
  return `${cut}…`;
}
