import { expect } from "vitest";
import { WebSocket } from "ws";
import type { Account } from "../../src/contract/accounts.ts";
import type { Problem } from "../../src/contract/problem.ts";
import { ConsoleClient } from "./console-client.ts";
import { PASSWORD, type OpenConsole } from "./open-console.ts";

export interface Person {
  readonly client: ConsoleClient;
  readonly account: Account;
}

/** Makes an account and signs it in; its password is PASSWORD. */
export async function person({ admin, console }: OpenConsole, name: string, role = "submitter"): Promise<Person> {
  const body = { name, role, password: `${name}-password` };
  const account = await admin.call("POST /accounts", { body });
  const client = new ConsoleClient(console.url);
  await client.signIn(name, `${name}-password`, PASSWORD);
  return { client, account };
}

/** What the console says where it refuses. */
export async function refusal(answer: Promise<Response>): Promise<Problem> {
  const response = await answer;
  const text = await response.text();
  expect(response.ok, text).toBe(false);
  return JSON.parse(text) as Problem;
}

/** `409 in-use` */
export async function refused(answer: Promise<Response>): Promise<string> {
  const { status, type } = await refusal(answer);
  return `${status} ${type}`;
}

/** `name taken`, of each field. */
export async function fieldsOf(answer: Promise<Response>): Promise<string[] | undefined> {
  return (await refusal(answer)).fields?.map(({ field, rule }) => `${field} ${rule}`);
}

/** Opens the console's WebSocket; a number is the status with which it was refused. */
export function openLive(url: string, headers: Readonly<Record<string, string>>): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/live`, { headers });
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => resolve(socket));
    socket.on("error", () => undefined);
  });
}

/** The code with which the console closes a WebSocket; fails where it does not within three signs of life. */
export function closed(socket: WebSocket | number): Promise<number> {
  if (typeof socket === "number") throw new Error(`refused with ${socket}`);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the WebSocket is still open")), 30_000);
    socket.on("close", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
