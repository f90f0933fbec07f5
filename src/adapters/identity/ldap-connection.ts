import { connect, isIP, type Socket } from "node:net";
import { getCACertificates, type ConnectionOptions } from "node:tls";
import type { Client } from "ldapts";
import { fail, ok, type Result } from "../../domain/result.ts";

/** How a directory is reached. */
export interface LdapAddress {
  /** `ldap://` or `ldaps://`. */
  readonly url: string;
  readonly startTls: boolean;
  /** PEM; empty: the authorities that Node and the system trust. */
  readonly ca: string;
}

export type LdapConnectionFailure =
  | { readonly reason: "unreachable"; readonly detail: string }
  | { readonly reason: "certificate"; readonly detail: string }
  | { readonly reason: "unexpected"; readonly detail: string };

/**
 * Opens a connection, with TLS where it is asked for, and closes it after the work. All together may take
 * `milliseconds`; what is not done by then is cut off and counts as unreachable.
 */
export async function withLdap<T, F>(
  address: LdapAddress,
  milliseconds: number,
  work: (client: Client) => Promise<Result<T, F>>,
): Promise<Result<T, F | LdapConnectionFailure>> {
  const { Client, ResultCodeError } = await import("ldapts");
  const { hostname, protocol } = new URL(address.url);
  const host = hostname.replace(/^\[(.*)\]$/u, "$1");
  const tls = tlsOptions(host, address.ca);
  const secure = protocol === "ldaps:";
  const sockets: Socket[] = [];
  const client = new Client({
    url: address.url,
    timeout: milliseconds,
    connectTimeout: milliseconds,
    ...(secure ? { tlsOptions: tls } : {}),
    createConnection: ((port: number, to: string) => {
      // The client would connect anew, and without TLS, where the connection is cut after StartTLS.
      if (sockets.length > 0) throw new Error("the connection was cut");
      const socket = connect(port, to);
      sockets.push(socket);
      return socket;
    }) as typeof connect,
  });
  let cut: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cut = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    const done = (async () => {
      if (address.startTls) await client.startTLS(tls);
      return work(client);
    })();
    return await Promise.race([done, late]);
  } catch (error) {
    if (error instanceof ResultCodeError)
      return fail({ reason: "unexpected", detail: `${error.name}: ${error.message}` });
    const { code = "", message } = error as { readonly code?: string; readonly message: string };
    return fail({ reason: CERTIFICATE.test(code) ? "certificate" : "unreachable", detail: plain(message) });
  } finally {
    clearTimeout(cut);
    await Promise.race([client.unbind().catch(() => undefined), pause(500)]);
    for (const socket of sockets) socket.destroy();
  }
}

/** Whether the address can be used at all: what `new Client` would throw at. */
export function isLdapUrl(url: string): Result<URL, "format"> {
  if (!URL.canParse(url)) return fail("format");
  const parsed = new URL(url);
  const { protocol, hostname, username, password, search, hash, pathname } = parsed;
  const plainAddress = username === "" && password === "" && search === "" && hash === "" && /^\/?$/u.test(pathname);
  return (protocol === "ldap:" || protocol === "ldaps:") && hostname !== "" && plainAddress
    ? ok(parsed)
    : fail("format");
}

/** The certificate is checked against the name that was asked for, also where TLS begins on an open connection. */
function tlsOptions(host: string, ca: string): ConnectionOptions {
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ca: ca === "" ? [...getCACertificates("default"), ...getCACertificates("system")] : ca,
    minVersion: "TLSv1.2",
  };
}

/** Codes of Node and OpenSSL for a certificate that is not accepted. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME|HOSTNAME_MISMATCH/u;

/** Without the name of the message that was being sent. */
function plain(message: string): string {
  return message.replace(/ ?Message type: \w+ \(0x[\da-f]+\)\n?/u, "").replace(/^\w+Request: /u, "");
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
}
