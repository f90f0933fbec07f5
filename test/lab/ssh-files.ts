import type { HostPlan } from "./host-files.ts";

/** Where ssh finds what it needs for the lab's hosts. */
export interface SshFiles {
  readonly key: string;
  readonly knownHosts: string;
}

/** An ssh configuration for all hosts, by name and by address; it trusts only the hosts' real keys. */
export function sshConfigText(plans: readonly HostPlan[], files: SshFiles): string {
  const hosts = plans.map(
    ({ name, address }) => `Host ${name} ${address}
  HostName ${address}
`,
  );
  return `${hosts.join("")}
Host *
  User root
  IdentityFile ${files.key}
  IdentitiesOnly yes
  UserKnownHostsFile ${files.knownHosts}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  ConnectTimeout 10
  LogLevel ERROR
`;
}

export function knownHostsText(plans: readonly HostPlan[], hostKeys: ReadonlyMap<string, string>): string {
  return plans.map(({ name, address }) => `${name},${address} ${hostKeys.get(name) ?? ""}\n`).join("");
}

/** An Ansible inventory (INI) of the hosts, in the groups given: group name to host names. */
export function inventoryText(
  hosts: readonly { readonly name: string; readonly address: string }[],
  files: SshFiles,
  groups: Readonly<Record<string, readonly string[]>>,
): string {
  const sshArgs = `-o UserKnownHostsFile=${files.knownHosts} -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes`;
  const lines = hosts.map(
    ({ name, address }) =>
      `${name} ansible_host=${address} ansible_user=root ansible_ssh_private_key_file=${files.key} ` +
      `ansible_ssh_common_args='${sshArgs}'`,
  );
  const sections = Object.entries(groups).map(([group, members]) => `\n[${group}]\n${members.join("\n")}\n`);
  return `${lines.join("\n")}\n${sections.join("")}`;
}
