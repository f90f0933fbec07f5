import { isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { YamlSyntaxProblem } from "./errors.ts";
import { type KeyPlaces, placeAt, type TextPlace } from "./key-places.ts";
import { keyText } from "./python-json-write.ts";
import { UnsafeText, type Value, VaultText } from "./values.ts";
import { aliasTargets } from "./yaml-alias.ts";
import { mergedPairs } from "./yaml-merge.ts";
import { plainScalar, taggedScalar } from "./yaml-scalar.ts";

/** Why a text is no YAML for Ansible, and where. */
export interface YamlIssue extends TextPlace {
  readonly problem: YamlSyntaxProblem;
  /** The parser's own words, or the part of the text that is meant. */
  readonly detail: string;
}

const standard = "tag:yaml.org,2002:";
const listTags: ReadonlySet<string> = new Set(["seq", "omap", "pairs"].map((tag) => standard + tag));
const dictionaryTags: ReadonlySet<string> = new Set(["map", "python/dict"].map((tag) => standard + tag));
const vaultTags: ReadonlySet<string> = new Set(["!vault", "!vault-encrypted"]);

/** PyYAML takes no other characters than these. */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/**
 * Reads one YAML document to the values that PyYAML and Ansible make of it (YAML 1.1, `!vault`, `!unsafe`). The text
 * must have bare LF line ends. Fails with every problem found; a broken syntax has only one.
 */
export function readYaml(text: string, places: KeyPlaces): Result<Value, YamlIssue[]> {
  const control = unprintable.exec(text);
  if (control !== null)
    return fail([{ ...placeAt(text, control.index), problem: "syntax", detail: "control character" }]);
  const document = parseDocument(text, {
    schema: "failsafe",
    resolveKnownTags: false,
    version: "1.1",
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const error = document.errors[0];
  if (error !== undefined) {
    const problem = syntaxProblem(error.code, text, error.pos[0]);
    // The library's words for a second document are about the library.
    const detail = problem === "documents" ? "" : error.message;
    return fail([{ ...placeAt(text, error.pos[0]), problem, detail }]);
  }
  const aliases = aliasTargets(document);
  if (!aliases.ok) {
    return fail(
      aliases.failure.map(({ offset, name }) => ({ ...placeAt(text, offset), problem: "alias", detail: name })),
    );
  }
  const reader = new YamlReader(text, places, aliases.value);
  const value = document.contents === null ? null : reader.value(document.contents, false);
  return reader.issues.length > 0 ? fail(reader.issues) : ok(value);
}

function syntaxProblem(code: string, text: string, offset: number): YamlSyntaxProblem {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(start).split("\n", 1)[0] ?? "";
  if (/^\s*(?:-\s+)*(?:[\w\s]+:\s+)?\{\{/.test(line)) return "template";
  if (code === "TAB_AS_INDENT" || /^ *\t/.test(line)) return "tab";
  return code === "MULTIPLE_DOCS" ? "documents" : "syntax";
}

class YamlReader {
  readonly issues: YamlIssue[] = [];
  readonly #text: string;
  readonly #places: KeyPlaces;
  readonly #targets: ReadonlyMap<Node, Node>;
  readonly #values = new Map<Node, Value>();
  readonly #open = new Set<Node>();

  constructor(text: string, places: KeyPlaces, targets: ReadonlyMap<Node, Node>) {
    this.#text = text;
    this.#places = places;
    this.#targets = targets;
  }

  value(node: Node, unsafe: boolean): Value {
    const known = this.#values.get(node);
    if (known !== undefined) return known;
    const target = this.#targets.get(node);
    if (target !== undefined) {
      // A value inside itself is nothing that could be printed.
      return this.#open.has(target) ? this.#issue(node, "alias", "") : this.value(target, unsafe);
    }
    this.#open.add(node);
    const value = this.#construct(node, unsafe);
    this.#open.delete(node);
    this.#values.set(node, value);
    return value;
  }

  #construct(node: Node, unsafe: boolean): Value {
    if (isScalar(node)) return this.#scalar(node, unsafe);
    if (isSeq<Node>(node)) return this.#list(node, unsafe || node.tag === "!unsafe");
    if (isMap<Node, Node | null>(node)) return this.#dictionary(node, unsafe || node.tag === "!unsafe");
    return this.#issue(node, "syntax", "");
  }

  #scalar(node: Scalar, unsafe: boolean): Value {
    const text = this.#scalarText(node);
    const tag = node.tag ?? (node.type === "PLAIN" ? "" : "!");
    if (tag === "" && text.startsWith("%")) return this.#issue(node, "syntax", "%");
    const value = scalarValue(tag, text);
    if (!value.ok) return this.#issue(node, value.failure, node.tag ?? text);
    if (vaultTags.has(tag)) {
      return typeof value.value === "string" ? new VaultText(value.value) : this.#issue(node, "tag", tag);
    }
    const isUnsafe = typeof value.value === "string" && (unsafe || tag === "!unsafe");
    return isUnsafe ? new UnsafeText(value.value) : value.value;
  }

  /** A block scalar ends in a line break only where the file does, other than in the YAML library. */
  #scalarText(node: Scalar): string {
    const text = typeof node.value === "string" ? node.value : (node.source ?? "");
    const atEnd = node.type?.startsWith("BLOCK") === true && (node.range?.[1] ?? 0) >= this.#text.length;
    return atEnd && !this.#text.endsWith("\n") ? text.replace(/\n$/, "") : text;
  }

  #list(node: YAMLSeq<Node>, unsafe: boolean): Value {
    const tag = node.tag;
    if (tag !== undefined && tag !== "!unsafe" && tag !== "!" && !listTags.has(tag))
      return this.#issue(node, "tag", tag);
    if (tag === undefined || tag === "!" || tag === "!unsafe" || tag.endsWith(":seq")) {
      return node.items.map((item) => this.value(item, unsafe));
    }
    // An ordered map (`!!omap`) is a list of pairs.
    return node.items.map((item): Value => {
      const pair = isMap<Node, Node | null>(item) && item.items.length === 1 ? item.items[0] : undefined;
      if (pair === undefined) return this.#issue(item, "tag", tag);
      return [this.value(pair.key, unsafe), pair.value === null ? null : this.value(pair.value, unsafe)];
    });
  }

  #dictionary(node: YAMLMap<Node, Node | null>, unsafe: boolean): Value {
    const tag = node.tag;
    const isSet = tag === `${standard}set`;
    if (tag !== undefined && tag !== "!unsafe" && tag !== "!" && !isSet && !dictionaryTags.has(tag)) {
      return this.#issue(node, "tag", tag);
    }
    const entries = new Map<string, Value>();
    for (const pair of mergedPairs(node, this.#targets)) {
      if (pair === "not-a-mapping") {
        this.#issue(node, "merge", "<<");
        continue;
      }
      const key = isMissing(pair.key) && node.flow !== true ? this.#missingKey(pair.key) : this.#key(pair.key, unsafe);
      const value = pair.value === null ? null : this.value(pair.value, unsafe);
      if (key === undefined) continue;
      entries.set(key.text, value);
      this.#places.set(entries, key.text, pair.key.range?.[0] ?? 0, key.isText);
    }
    return isSet ? [...entries.keys()] : entries;
  }

  /** A key as `json.dumps` writes it; lists and dictionaries cannot be keys. */
  #key(node: Node, unsafe: boolean): { readonly text: string; readonly isText: boolean } | undefined {
    const isEquals = isScalar(node) && node.type === "PLAIN" && node.tag === undefined && node.source === "=";
    const key = isEquals ? "=" : this.value(node, unsafe);
    const text = keyText(key);
    if (text !== undefined) return { text, isText: typeof key === "string" };
    const start = node.range?.[0] ?? 0;
    const isTemplate = /\{\{\s*[\w'"]/.test(this.#text.slice(Math.max(start - 1, 0), start + 20));
    this.#issue(node, isTemplate ? "template" : "key", "");
    return undefined;
  }

  #missingKey(node: Node): undefined {
    this.#issue(node, "syntax", ":");
  }

  #issue(node: Node, problem: YamlSyntaxProblem, detail: string): null {
    this.issues.push({ ...placeAt(this.#text, node.range?.[0] ?? 0), problem, detail });
    return null;
  }
}

/** A pair without a key (`: value`), which only flow mappings may have. */
function isMissing(key: Node): boolean {
  return (
    isScalar(key) && key.type === "PLAIN" && key.source === "" && key.tag === undefined && key.anchor === undefined
  );
}

/** The value of a scalar: `tag` is empty for plain ones, `!` for quoted ones. */
function scalarValue(tag: string, text: string): Result<Value, YamlSyntaxProblem> {
  if (tag === "!") return ok(text);
  if (tag === "" || tag === "!unsafe" || vaultTags.has(tag)) return plainScalar(text);
  return tag.startsWith(standard) ? taggedScalar(tag.slice(standard.length), text) : fail("tag");
}
