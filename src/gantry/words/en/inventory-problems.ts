import type {
  InventoryProblem,
  SourceOrigin,
  UnmatchedPart,
  VariableProblem,
  VaultProblem,
} from "../../../adapters/inventory/errors.ts";
import type { InventoryProblemWords, InventoryUseWords } from "../problem-words.ts";
import { firstNames, oneLine, quoted } from "../shown-values.ts";
import { inventoryFileProblems, kinds } from "./inventory-file-problems.ts";

const either = (names: readonly string[]): string => names.join(" or ");

const origins: Readonly<Record<SourceOrigin, string>> = {
  option: "given with -i",
  environment: "named by $ANSIBLE_INVENTORY",
  "ansible.cfg": "named by ansible.cfg",
  default: "Ansible's default",
};

const vault: Readonly<Record<VaultProblem, string>> = {
  "no-password":
    "is encrypted by Ansible Vault, and no password is known. Name its file in $ANSIBLE_VAULT_PASSWORD_FILE or as vault_password_file in ansible.cfg.",
  "wrong-password":
    "is encrypted by Ansible Vault, and no known password opens it. Check the files named by $ANSIBLE_VAULT_PASSWORD_FILE, $ANSIBLE_VAULT_IDENTITY_LIST and ansible.cfg.",
  damaged: "is encrypted by Ansible Vault, but damaged. Encrypt it again with ansible-vault.",
  "password-file":
    "cannot be opened: a Vault password file is missing, empty, not readable, or a program that fails. Check $ANSIBLE_VAULT_PASSWORD_FILE, $ANSIBLE_VAULT_IDENTITY_LIST and ansible.cfg.",
};

const variables: Readonly<Record<VariableProblem, (text: string) => string>> = {
  template: (text) => `${text} is a template, of which Gantry fills in only {{ name }}. Write the value itself.`,
  undefined: (text) => `${text} names a variable that the host does not have. Define it, or write the value itself.`,
  "template-loop": (text) => `${text} refers to itself in a circle. Write the value itself.`,
  "not-text": (text) => `${text} is not a text. Put it in quotes, or correct it.`,
  "not-a-port": (text) => `${text} is no port. Allowed: 1 to 65535.`,
  "not-a-boolean": (text) => `${text} is neither yes nor no. Allowed: yes, no, true, false.`,
  quoting: (text) => `${text} has a quote that is never closed, or ends with a backslash. Close or remove it.`,
  connection: (text) => `${text} is no connection that Gantry has. Allowed: ssh, local.`,
  "become-method": (text) => `${text} is no become method that Gantry has. Allowed: sudo.`,
};

type Pattern = Extract<InventoryProblem, { readonly reason: "inventory-pattern" }>;

const patterns: Readonly<Record<Pattern["problem"], (part: string) => string>> = {
  empty: (part) => `${part} names nothing. Name hosts or groups; all means every host.`,
  brackets: () => "a bracket is not closed or not opened. Allowed: web[0], web[0:2], web[1:].",
  "regular-expression": (part) => `${part} is no regular expression. Correct what stands behind the ~.`,
  subscript: (part) => `${part} has no position that there is. Allowed: web[0], web[0:2], web[1:].`,
};

function unmatched({ part, near }: UnmatchedPart): string {
  return `${quoted(part)} matches no host and no group.${near.length === 0 ? "" : ` Did you mean ${either(near)}?`}`;
}

function sourceList(sources: readonly string[]): string {
  const { shown, more } = firstNames(sources);
  return shown.length === 0 ? "" : ` (${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}

/** What is wrong with finding, running, opening or using an inventory. */
const use: InventoryUseWords = {
  "inventory-missing": (p) =>
    `There is no inventory ${p.source} (${origins[p.origin]}). Correct the path, or name another with -i.`,
  "inventory-unreadable": (p) =>
    `The inventory file ${p.file} cannot be read: ${oneLine(p.detail)}. Make it a file that this user may read.`,
  "inventory-empty-directory": (p) =>
    `The inventory folder ${p.directory} has no file that Ansible reads. Put one there, or name another with -i.`,
  "inventory-needs-ansible": (p) =>
    `${p.file} is ${{ script: "a program", plugin: p.name === undefined ? "for an inventory plugin" : `for the inventory plugin ${p.name}`, toml: "TOML" }[p.kind]}, which only Ansible can read. Install Ansible on this machine, and do not use --reader builtin.`,
  "inventory-program-missing": (p) =>
    `${p.program} is not installed on this machine. Install Ansible, or use --reader builtin.`,
  "inventory-program-failed": (p) =>
    `${p.program} failed (${p.exitCode === undefined ? "no exit code" : `exit code ${p.exitCode}`}): ${oneLine(p.detail)}. Correct that, or use --reader builtin.`,
  "inventory-program-deadline": (p) =>
    `${p.program} did not answer within ${p.seconds} s. Run it by hand to see what it waits for, or use --reader builtin.`,
  "inventory-program-output": (p) =>
    `${p.program} did not print an inventory: ${oneLine(p.detail)}. Run it by hand to see what it prints, or use --reader builtin.`,
  "inventory-variables-file": (p) =>
    `${p.file} must be a dictionary (lines like "name: value"), but is ${kinds[p.found] ?? p.found}. Write it as one.`,
  "inventory-vault": (p) => {
    const variable = p.variable === undefined ? undefined : `The variable ${p.variable}`;
    const ofHost = p.host === undefined ? "" : ` of ${p.host}`;
    const file = p.file ?? "";
    const what = variable === undefined ? file : `${variable}${ofHost}${file === "" ? "" : ` (${file})`}`;
    return `${what === "" ? "A value" : what} ${vault[p.problem]}`;
  },
  "inventory-variable": (p) => `${p.variable} of ${p.host}: ${variables[p.problem](quoted(p.text))}`,
  "inventory-pattern": (p) => `Host pattern ${quoted(p.pattern)}: ${patterns[p.problem](quoted(p.part))}`,
  "inventory-no-match": (p) => {
    const from = sourceList(p.sources);
    if (p.hosts === 0) {
      return `No host matches ${quoted(p.pattern)}: the inventory${from} has no hosts. Name another with -i, or add hosts.`;
    }
    const why =
      p.unmatched.length === 0
        ? /[&!]/.test(p.pattern)
          ? "Its parts leave no host over; correct & and !."
          : "What it names has no hosts."
        : p.unmatched.map(unmatched).join(" ");
    return `No host matches ${quoted(p.pattern)}. ${why} The inventory${from} has ${p.hosts === 1 ? "1 host" : `${p.hosts} hosts`}: gantry inventory --list.`;
  },
  "inventory-unknown-host": (p) =>
    `There is no host ${quoted(p.host)} in the inventory.${p.near.length === 0 ? " gantry inventory --list lists them." : ` Did you mean ${either(p.near)}?`}`,
};

/** Everything that can be wrong with an inventory, in English. */
export const inventoryProblems: InventoryProblemWords = {
  warning: "warning:",
  inventory: { ...inventoryFileProblems, ...use },
  unmatched,
};
