import { createTransport } from "nodemailer";
import { fail, ok } from "../../domain/result.ts";
import type { Delivery, Message } from "./message.ts";

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: "none" | "starttls" | "tls";
  readonly user: string;
  readonly password: string;
  readonly from: string;
}

/** Milliseconds for the connection, the greeting, and each answer. */
const DEADLINE = 10_000;

/** Sends a message by SMTP to these addresses, which do not see each other. */
export async function sendMail(server: MailServer, to: readonly string[], message: Message): Promise<Delivery> {
  if (server.host === "" || server.from === "")
    return fail({ reason: "misconfigured", detail: "SMTP server or sender is missing", again: false });
  if (to.length === 0) return ok(undefined);
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === "tls",
    requireTLS: server.security === "starttls",
    ignoreTLS: server.security === "none",
    ...(server.user === "" ? {} : { auth: { user: server.user, pass: server.password } }),
    connectionTimeout: DEADLINE,
    greetingTimeout: DEADLINE,
    socketTimeout: DEADLINE,
    dnsTimeout: DEADLINE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: server.from,
      ...(to.length === 1 ? { to: [...to] } : { to: server.from, bcc: [...to] }),
      subject: message.title.replaceAll(/\s+/g, " "),
      text: [
        ...message.facts.map(([label, value]) => `${label}: ${value}`),
        "",
        `${message.link.label}: ${message.link.url}`,
      ].join("\n"),
    });
    return ok(undefined);
  } catch (error) {
    return fail(failureOf(error));
  } finally {
    transport.close();
  }
}

/** Codes of SMTP in the 400s pass, those in the 500s do not (RFC 5321, 4.2.1). */
function failureOf(error: unknown) {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const detail = (message ?? String(error)).slice(0, 300);
  if (code === "EAUTH") return { reason: "misconfigured", detail, again: false } as const;
  if (responseCode !== undefined) return { reason: "refused", detail, again: responseCode < 500 } as const;
  return { reason: code === "ETIMEDOUT" ? "deadline" : "unreachable", detail, again: true } as const;
}
