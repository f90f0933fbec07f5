import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The password of every account that has one: shells, prompts and logs must all leave it alone. */
export const PASSWORD = "open 'sesame' $HOME é";

/** deploy may sudo without a password, asker with one, plain not at all; plain and asker may log in by password. */
export const accounts = { root: 0, deploy: 7001, asker: 7002, plain: 7003 } as const;
export type Account = keyof typeof accounts;

/** Writes passwd, group, shadow, sudoers and the homes into `dir`: copies of the machine's with our accounts added. */
export function writeAccounts(dir: string, clientKey: string): void {
  const hash = execFileSync("openssl", ["passwd", "-6", "-stdin"], { input: PASSWORD, encoding: "utf8" }).trim();
  const names = Object.keys(accounts);
  const others = (path: string): string =>
    readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !names.includes(line.slice(0, line.indexOf(":"))))
      .join("\n");
  const lines = (make: (name: string, id: number) => string): string =>
    Object.entries(accounts)
      .map(([name, id]) => make(name, id))
      .join("\n");
  const home = (name: string): string => join(dir, "home", name);

  const passwd = lines((name, id) => `${name}:x:${id}:${id}::${home(name)}:/bin/bash`);
  writeFileSync(join(dir, "passwd"), `${passwd}\n${others("/etc/passwd")}\n`);
  writeFileSync(join(dir, "group"), `${lines((name, id) => `${name}:x:${id}:`)}\n${others("/etc/group")}\n`);
  const shadow = lines((name) => `${name}:${hash}:19000:0:99999:7:::`);
  writeFileSync(join(dir, "shadow"), `${shadow}\n${others("/etc/shadow")}\n`, { mode: 0o600 });
  writeFileSync(
    join(dir, "sudoers"),
    `Defaults secure_path="${process.env["PATH"] ?? ""}"
Defaults passwd_tries=3
Defaults:asker use_pty
root ALL=(ALL:ALL) ALL
deploy ALL=(ALL:ALL) NOPASSWD: ALL
asker ALL=(ALL:ALL) ALL
`,
    { mode: 0o440 },
  );
  for (const [name, id] of Object.entries(accounts)) {
    mkdirSync(join(home(name), ".ssh"), { recursive: true });
    cpSync(`${clientKey}.pub`, join(home(name), ".ssh", "authorized_keys"));
    // What a login shell's start file prints must not get into anybody's output.
    writeFileSync(join(home(name), ".bashrc"), "echo noise from .bashrc; echo more noise >&2\n");
    for (const path of [home(name), join(home(name), ".ssh"), join(home(name), ".ssh", "authorized_keys")]) {
      chownSync(path, id, id);
      chmodSync(path, path.endsWith("_keys") ? 0o600 : 0o700);
    }
  }
}
