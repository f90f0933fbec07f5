import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../domain/host.ts";
import { fail, ok } from "../../domain/result.ts";
import { Secret } from "../../domain/secret.ts";
import { hostKeysIn, hostKeyText } from "./host-key.ts";
import type { PlaceResult } from "./place.ts";
import { privateFolder } from "./private-folder.ts";
import { preparePrivateKey } from "./private-key.ts";

/** How to sign in to a config centre. Empty fields are left out. */
export interface CentreLogin {
  /** For messages. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** OpenSSH or PEM. */
  readonly privateKey: string;
  /** Of the user, or of the key where that is encrypted. */
  readonly password: string;
  /** As `hostKeyText` writes it. */
  readonly hostKey: string;
}

export interface CentreHost {
  readonly host: Host;
  /** Removes the private files; the host cannot be connected to any more. */
  readonly remove: () => void;
}

/**
 * Makes a host that ssh reaches by this login and this host key only, whatever the user's and the machine's own
 * configuration say. The key and the pinned host key lie in a private folder under `directory`.
 * Failures: host-key-unknown (none is pinned), key-refused.
 */
export async function centreHost(login: CentreLogin, directory?: string): Promise<PlaceResult<CentreHost>> {
  const { name: place, address, port, user, privateKey, password } = login;
  const pinned = hostKeysIn(login.hostKey);
  if (pinned.length === 0) {
    return fail({ reason: "host-key-unknown", place, detail: "no host key is pinned for it: verify it first" });
  }
  const folder = privateFolder(directory);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const knownHosts = join(folder, "known_hosts");
  const known = port === 22 ? address : `[${address}]:${port}`;
  const lines = hostKeyText(pinned).replaceAll(/^(?=.)/gm, `${known} `);
  writeFileSync(knownHosts, lines, { mode: 0o600 });

  const key = privateKey.trim() === "" ? undefined : await preparePrivateKey(folder, privateKey, password);
  if (key !== undefined && !key.ok) {
    remove();
    return fail({ reason: "key-refused", place, detail: key.failure });
  }
  // The password of an encrypted key is not that of the user.
  const signIn = password !== "" && key?.value.encrypted !== true;
  const host: Host = {
    name: place,
    connection: "ssh",
    address,
    port,
    ...(user === "" ? {} : { user }),
    ...(key === undefined ? {} : { privateKeyFile: key.value.path }),
    sshArgs: sshArguments(knownHosts, key !== undefined),
    ...(signIn ? { password: new Secret(password) } : {}),
  };
  return ok({ host, remove });
}

function sshArguments(knownHosts: string, hasKey: boolean): readonly string[] {
  const options = [
    `UserKnownHostsFile=${knownHosts}`,
    "GlobalKnownHostsFile=/dev/null",
    "StrictHostKeyChecking=yes",
    "UpdateHostKeys=no",
    "VerifyHostKeyDNS=no",
    "CheckHostIP=no",
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "ForwardAgent=no",
    // Without one, ssh would offer the keys of the user that the server runs as.
    ...(hasKey ? [] : ["IdentityFile=none"]),
  ];
  return ["-F", "/dev/null", ...options.flatMap((option) => ["-o", option])];
}
