import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { fail, ok, type Result } from "../../domain/result.ts";
import { Secret } from "../../domain/secret.ts";
import { expandPath, type Surroundings } from "./surroundings.ts";

/** A Vault password and the label it goes by. */
export interface VaultPassword {
  readonly label: string;
  readonly password: Secret;
}

/** Milliseconds that a program which prints a password may take. */
const longest = 30_000;

/** The Vault passwords that Ansible's settings name; files are read and programs run when the first one is needed. */
export class VaultPasswords {
  readonly #identities: readonly string[];
  readonly #surroundings: Surroundings;
  #read: Result<VaultPassword[], "password-file"> | undefined;

  constructor(identities: readonly string[], surroundings: Surroundings) {
    this.#identities = identities;
    this.#surroundings = surroundings;
  }

  all(): Result<VaultPassword[], "password-file"> {
    this.#read ??= this.#readAll();
    return this.#read;
  }

  #readAll(): Result<VaultPassword[], "password-file"> {
    const passwords: VaultPassword[] = [];
    for (const identity of this.#identities) {
      const at = identity.lastIndexOf("@");
      const label = at < 0 ? "default" : identity.slice(0, at);
      const source = identity.slice(at + 1);
      // A password that a person would have to type: there may be nobody.
      if (source.startsWith("prompt")) continue;
      const password = this.#passwordFrom(expandPath(source, this.#surroundings), label);
      if (password === undefined || password === "") return fail("password-file");
      passwords.push({ label, password: new Secret(password) });
    }
    return ok(passwords);
  }

  #passwordFrom(file: string, label: string): string | undefined {
    try {
      if (!isExecutable(file)) return readFileSync(file, "utf8").trim();
    } catch {
      return undefined;
    }
    const takesLabel = /-client(?:\.[^./]*)?$/.test(file);
    const run = spawnSync(file, takesLabel ? ["--vault-id", label] : [], {
      cwd: this.#surroundings.cwd,
      env: this.#surroundings.env,
      timeout: longest,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return run.status === 0 ? run.stdout.toString().replace(/^[\r\n]+|[\r\n]+$/g, "") : undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
