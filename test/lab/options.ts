/** What lab to start. */
export interface LabOptions {
  /** Lower-case letters, digits and dashes; the subnet derives from it, see `subnetOf`. */
  readonly name: string;
  /** Their number, or one specification each; they are called lab1, lab2, ... At most 40. */
  readonly hosts: number | readonly LabHostSpec[];
  /** State directory, default /var/lib/gantry-lab/<name>; must be absent, empty or a lab's. */
  readonly dir?: string;
  /** Told in one line each what goes on; default: nobody. */
  readonly log?: (line: string) => void;
}

export interface LabHostSpec {
  /** `20.10` is the machine's own Docker (Debian 12: 20.10.24), the default; `28` comes from Debian unstable. */
  readonly engine?: "20.10" | "28";
  /** Refuse API versions below, as Docker 29.0 to 29.2 do; needs engine 28. */
  readonly minApi?: "1.44";
  /** False: sshd only, without dockerd or a docker program. */
  readonly docker?: boolean;
  /** Keep Docker's data on a file system of this size, for tests of a full disk. */
  readonly dataTmpfsMb?: number;
  /** More lines for sshd_config, for example `AllowTcpForwarding no`; `Key=value` will do too. They win over the lab's. */
  readonly sshd?: readonly string[];
  readonly users?: readonly LabUser[];
}

export interface LabUser {
  readonly name: string;
  /** For ssh (and sudo); without one only the lab's key opens the account. */
  readonly password?: string;
  /** False: the lab's key does not open the account. */
  readonly key?: boolean;
  /** Member of the group docker. */
  readonly docker?: boolean;
  /** May become root, with or without giving the password. */
  readonly sudo?: "nopasswd" | "password";
}

export const labRoot = "/var/lib/gantry-lab";

/** The hosts' specifications, all written out. @throws on what cannot be started */
export function hostSpecs(options: LabOptions): readonly LabHostSpec[] {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(options.name)) {
    throw new Error(`lab: bad name ${JSON.stringify(options.name)}: use lower-case letters, digits and dashes`);
  }
  const specs =
    typeof options.hosts === "number" ? Array.from({ length: options.hosts }, (): LabHostSpec => ({})) : options.hosts;
  if (specs.length < 1 || specs.length > 40) throw new Error(`lab: ${specs.length} hosts: 1 to 40 are possible`);
  for (const [at, spec] of specs.entries()) {
    if (spec.minApi !== undefined && spec.engine !== "28") {
      throw new Error(`lab: lab${at + 1}: minApi needs engine "28"`);
    }
    for (const user of spec.users ?? []) {
      if (!/^[a-z][a-z0-9_-]{0,30}$/.test(user.name)) throw new Error(`lab: lab${at + 1}: bad user name ${user.name}`);
    }
  }
  return specs;
}
