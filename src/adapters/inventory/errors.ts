import type { HostRangeProblem } from "./host-range.ts";
import type { LiteralProblem } from "./python-literal.ts";
import type { WordsProblem } from "./python-shlex.ts";

/** A line of a file, from 1. */
interface Line {
  readonly file: string;
  readonly line: number;
}

/** A place in a file, from 1; the column is there where the file's format has one. */
interface Place extends Line {
  readonly column?: number;
}

/** Where the name of an inventory came from. */
export type SourceOrigin = "option" | "environment" | "ansible.cfg" | "default";

/** Which inventory is read, and whether it can be read at all. */
type SourceProblem =
  | { readonly reason: "inventory-missing"; readonly source: string; readonly origin: SourceOrigin }
  | { readonly reason: "inventory-unreadable"; readonly file: string; readonly detail: string }
  | { readonly reason: "inventory-empty-directory"; readonly directory: string }
  /** A line of ansible.cfg that is no setting, no section and no comment, or that comes twice. */
  | ({ readonly reason: "inventory-config"; readonly text: string } & Line)
  /** Bytes that are not UTF-8, outside a comment. */
  | ({ readonly reason: "inventory-encoding" } & Line);

/** Ansible itself: needed and absent, or failing. */
type ProgramProblem =
  | {
      readonly reason: "inventory-needs-ansible";
      readonly file: string;
      readonly kind: "script" | "plugin" | "toml";
      /** For a plugin: its name. */
      readonly name?: string;
    }
  | { readonly reason: "inventory-program-missing"; readonly program: string }
  | {
      readonly reason: "inventory-program-failed";
      readonly program: string;
      readonly exitCode: number | undefined;
      readonly detail: string;
    }
  | { readonly reason: "inventory-program-deadline"; readonly program: string; readonly seconds: number }
  | { readonly reason: "inventory-program-output"; readonly program: string; readonly detail: string };

/** What does not belong into an INI inventory. */
type IniProblem =
  | ({ readonly reason: "inventory-section"; readonly text: string } & Line)
  | ({
      readonly reason: "inventory-section-kind";
      readonly group: string;
      readonly kind: string;
      readonly near: readonly string[];
    } & Line)
  | ({
      readonly reason: "inventory-undefined-group";
      readonly group: string;
      /** `[group:vars]` without `[group]`, or named in `[parent:children]`. */
      readonly section: "vars" | "children";
      readonly parent?: string;
      readonly near: readonly string[];
    } & Line)
  | ({ readonly reason: "inventory-group-name"; readonly text: string } & Line)
  | ({ readonly reason: "inventory-assignment"; readonly text: string; readonly section: "hosts" | "vars" } & Line)
  | ({ readonly reason: "inventory-quoting"; readonly text: string; readonly problem: WordsProblem } & Line)
  | ({ readonly reason: "inventory-literal"; readonly name: string; readonly problem: LiteralProblem } & Line);

/** What does not belong into a YAML or JSON inventory or variables file. */
type YamlProblem =
  | ({ readonly reason: "inventory-yaml"; readonly problem: YamlSyntaxProblem; readonly detail: string } & Place)
  | ({
      readonly reason: "inventory-structure";
      /** What should be a dictionary: the whole file, a group, one of its sections, a host. */
      readonly what: "file" | "group" | "vars" | "children" | "hosts" | "host";
      readonly name: string;
      readonly found: string;
    } & Place)
  /** Only a warning: Ansible passes over keys of a group other than vars, children and hosts. */
  | ({
      readonly reason: "inventory-unexpected-key";
      readonly group: string;
      readonly key: string;
      readonly near: readonly string[];
    } & Place)
  | { readonly reason: "inventory-variables-file"; readonly file: string; readonly found: string };

/** Why a text is no YAML for Ansible: `template` is `{{ }}` without quotes; `detail` has the parser's own words. */
export type YamlSyntaxProblem =
  | "syntax"
  | "template"
  | "tab"
  | "alias"
  | "tag"
  | "date"
  | "key"
  | "merge"
  | "documents";

/** What is wrong with the hosts and groups themselves, whatever the format. */
type GraphProblem =
  | ({ readonly reason: "inventory-name"; readonly text: string; readonly problem: NameProblem } & Place)
  | ({ readonly reason: "inventory-range"; readonly text: string; readonly problem: HostRangeProblem } & Place)
  | ({ readonly reason: "inventory-loop"; readonly group: string; readonly child: string } & Place)
  | ({ readonly reason: "inventory-priority"; readonly group: string; readonly text: string } & Place);

/** Why a text cannot name a host or group: empty, `web:` without a port, `---`, a YAML key that is no string. */
export type NameProblem = "empty" | "colon" | "yaml-marker" | "not-text";

/** Ansible Vault: where the text is, and why it stays closed. */
export type VaultProblem = "no-password" | "wrong-password" | "damaged" | "password-file";

/** What is wrong with one host's variables. */
type HostProblem =
  | {
      readonly reason: "inventory-vault";
      readonly problem: VaultProblem;
      /** The encrypted file, or the password file that cannot be used. */
      readonly file?: string;
      readonly host?: string;
      readonly variable?: string;
    }
  | {
      readonly reason: "inventory-variable";
      readonly host: string;
      readonly variable: string;
      readonly problem: VariableProblem;
      /** The value seen, free of secrets. */
      readonly text: string;
    };

/**
 * Why a variable cannot be used: a template beyond `{{ name }}`, a name in it that the host does not have, a loop of
 * names, a value of the wrong kind, or a connection or become method that Gantry does not have.
 */
export type VariableProblem =
  | "template"
  | "undefined"
  | "template-loop"
  | "not-text"
  | "not-a-port"
  | "not-a-boolean"
  | "quoting"
  | "connection"
  | "become-method";

/** Why a pattern selects nothing. */
type PatternProblem =
  | {
      readonly reason: "inventory-pattern";
      readonly pattern: string;
      readonly part: string;
      readonly problem: "empty" | "brackets" | "regular-expression" | "subscript";
    }
  | {
      readonly reason: "inventory-no-match";
      readonly pattern: string;
      /** The parts of the pattern that name nothing, each with the names nearest to it. */
      readonly unmatched: readonly UnmatchedPart[];
      /** How many hosts the inventory has. */
      readonly hosts: number;
      readonly sources: readonly string[];
    }
  | { readonly reason: "inventory-unknown-host"; readonly host: string; readonly near: readonly string[] };

/** A part of a pattern that matches no host and no group. */
export interface UnmatchedPart {
  readonly part: string;
  readonly near: readonly string[];
}

/**
 * Everything about an inventory that may be wrong without being a bug: `reason` names it, the other fields are the
 * facts for the message. No field holds a password.
 */
export type InventoryProblem =
  | SourceProblem
  | ProgramProblem
  | IniProblem
  | YamlProblem
  | GraphProblem
  | HostProblem
  | PatternProblem;
