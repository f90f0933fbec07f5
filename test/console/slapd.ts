import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { makeCertificates } from "./test-certificates.ts";

export const ROOT = "dc=example,dc=org";
const MANAGER = `cn=manager,${ROOT}`;
const MANAGER_PASSWORD = "manager-password";

export interface Slapd {
  readonly url: string;
  readonly secureUrl: string;
  /** The authority of its certificate, in PEM, and another one. */
  readonly ca: string;
  readonly otherCa: string;
  /** Applies LDIF with `changetype`s. */
  change(ldif: string): void;
  start(): Promise<void>;
  /** Ends it; the data stay. */
  halt(): Promise<void>;
  remove(): Promise<void>;
}

/** OpenLDAP's own server with data of its own under a temporary folder, never as root. */
export async function startSlapd(ldif: string): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), "gantry-slapd-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const { ca, certificate, key, caText } = makeCertificates(folder, "directory");
  const other = makeCertificates(folder, "other");
  const config = join(folder, "slapd.conf");
  writeFileSync(config, configuration({ data, ca, certificate, key }));
  const [port, securePort] = [await freePort(), await freePort()];
  const [url, secureUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${securePort}`];
  const asRoot = process.getuid?.() === 0;
  if (asRoot) execFileSync("chown", ["-R", "openldap:openldap", folder]);
  chmodSync(folder, 0o755);

  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const user = asRoot ? ["-u", "openldap", "-g", "openldap"] : [];
    child = spawn("slapd", ["-d", "0", "-h", `${url} ${secureUrl}`, "-f", config, ...user], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` },
    });
    await Promise.all([answers(port), answers(securePort)]);
  };
  const halt = async (): Promise<void> => {
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    if (child?.exitCode !== null || !child.kill("SIGTERM")) return;
    await ended;
  };
  const change = (text: string): void => {
    const bind = ["-x", "-H", url, "-D", MANAGER, "-w", MANAGER_PASSWORD];
    execFileSync("ldapmodify", ["-a", ...bind], { input: text, stdio: ["pipe", "ignore", "pipe"], timeout: 20_000 });
  };
  await start();
  change(ldif);
  return {
    url,
    secureUrl,
    ca: caText,
    otherCa: other.caText,
    change,
    start,
    halt,
    remove: async () => {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(files: { data: string; ca: string; certificate: string; key: string }): string {
  const schemas = ["core", "cosine", "inetorgperson"].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return [
    ...schemas,
    "modulepath /usr/lib/ldap",
    "moduleload back_mdb",
    "moduleload memberof",
    `TLSCACertificateFile ${files.ca}`,
    `TLSCertificateFile ${files.certificate}`,
    `TLSCertificateKeyFile ${files.key}`,
    // As many do, and RFC 4513 warns of: a bind without a password looks like success.
    "allow bind_v2 bind_anon_cred bind_anon_dn",
    "database mdb",
    `directory ${files.data}`,
    `suffix "${ROOT}"`,
    `rootdn "${MANAGER}"`,
    `rootpw ${MANAGER_PASSWORD}`,
    "access to attrs=userPassword by anonymous auth by * none",
    `access to * by dn.exact="cn=console,${ROOT}" read by users read by * none`,
    "overlay memberof",
    "",
  ].join("\n");
}

/** Waits until somebody listens there. */
async function answers(port: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    if (Date.now() > deadline) throw new Error(`slapd does not listen on port ${port}`);
    await delay(50);
  }
}
