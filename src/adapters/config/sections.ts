import { PUBLIC } from "./comment-keys.ts";
import type { ConfigDocument, Section } from "./document.ts";
import type { Path } from "./path.ts";

/** One value of a file, with the way to it. */
export interface Setting {
  readonly path: Path;
  readonly value: unknown;
}

export interface ProjectSection {
  readonly name: string;
  readonly own: Section;
  /** The section `public`, whose entries are the project's defaults. */
  readonly common: Section;
}

/** The projects of a file; those whose value is no object are left to the rule about types. */
export function projectsOf(document: ConfigDocument): readonly ProjectSection[] {
  const root = asSection(document.value) ?? {};
  const common = asSection(root[PUBLIC]) ?? {};
  return Object.entries(root).flatMap(([name, value]) => {
    const own = asSection(value);
    return name === PUBLIC || own === undefined ? [] : [{ name, own, common }];
  });
}

/** Every value of a key, such as `Serial` or `Drain`, `wait`, in `public` and in the projects. */
export function settingsOf(document: ConfigDocument, ...keys: readonly string[]): readonly Setting[] {
  const root = asSection(document.value) ?? {};
  return Object.entries(root).flatMap(([name, section]) => {
    const value = valueAt(section, keys);
    return value === undefined ? [] : [{ path: [name, ...keys], value }];
  });
}

/** The project's own value, else the one of `public`. */
export function effective({ own, common }: ProjectSection, ...keys: readonly string[]): unknown {
  return valueAt(own, keys) ?? valueAt(common, keys);
}

/** The value at the end of some keys, or undefined. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    const section = asSection(at);
    return section !== undefined && Object.hasOwn(section, key) ? section[key] : undefined;
  }, value);
}

function asSection(value: unknown): Section | undefined {
  return isSection(value) ? value : undefined;
}

function isSection(value: unknown): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
