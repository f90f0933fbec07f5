import { execFileSync } from "node:child_process";
import type { Host } from "../../domain/host.ts";
import { splitShellWords } from "../../domain/shell-words.ts";
import { Secret } from "../../domain/secret.ts";
import { UsageError, type CommonOptions, type Services } from "../services.ts";

// STAND-IN until the inventory adapter is there.
export async function selectHosts(
  pattern: string,
  options: CommonOptions,
  services: Services,
): Promise<readonly Host[]> {
  const source = options.inventory?.[0] ?? services.env["ANSIBLE_INVENTORY"] ?? "";
  const out = JSON.parse(
    execFileSync("/opt/ansible/bin/ansible-inventory", ["-i", source, "--list"], { encoding: "utf8" }),
  );
  const expand = (g: string): string[] =>
    out[g] ? [...(out[g].hosts ?? []), ...(out[g].children ?? []).flatMap(expand)] : out._meta.hostvars[g] ? [g] : [];
  let names: string[] = [];
  for (const part of pattern.split(/[:,]/)) {
    if (part.startsWith("!")) names = names.filter((n) => !expand(part.slice(1)).includes(n));
    else names.push(...expand(part));
  }
  if (names.length === 0) throw new UsageError(services.words.usage.noHosts(pattern));
  return [...new Set(names)].map((name) => {
    const v = out._meta.hostvars[name] ?? {};
    return {
      name,
      connection: v.ansible_connection === "local" ? "local" : "ssh",
      address: v.ansible_host ?? name,
      user: v.ansible_user,
      privateKeyFile: v.ansible_ssh_private_key_file,
      sshArgs: splitShellWords(v.ansible_ssh_common_args ?? ""),
      ...(v.ansible_become
        ? {
            become: {
              user: "root",
              ...(v.ansible_become_password ? { password: new Secret(v.ansible_become_password) } : {}),
            },
          }
        : {}),
    } as Host;
  });
}
