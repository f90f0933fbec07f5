import type { Secret } from "./secret.ts";

/** How commands on a host gain another user's rights (Ansible's `become`). */
export interface Become {
  readonly user: string;
  readonly password?: Secret;
}

/** A target machine from the inventory, with what is needed to reach it. Absent fields are left to ssh's own configuration. */
export interface Host {
  /** The inventory's name for it (`inventory_hostname`): what users type and what every message shows. */
  readonly name: string;
  readonly connection: "ssh" | "local";
  /** What ssh connects to: `ansible_host`, else the name. */
  readonly address: string;
  readonly port?: number;
  readonly user?: string;
  readonly privateKeyFile?: string;
  /** `ansible_ssh_common_args` and `ansible_ssh_extra_args`, split into arguments. */
  readonly sshArgs: readonly string[];
  readonly password?: Secret;
  readonly become?: Become;
}
