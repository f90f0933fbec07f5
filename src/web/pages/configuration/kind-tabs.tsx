import type { DefinitionKind } from "../../../contract/definitions.ts";
import { TabLinks } from "../../components/tab-links.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";

/** In the order in which people need them most. */
const KINDS: readonly DefinitionKind[] = [
  "work_order",
  "variable_group",
  "variable",
  "config_centre",
  "environment",
  "category",
];

/** Leads to the lists of all kinds. */
export function KindTabs({ current }: { readonly current: DefinitionKind }) {
  const text = useText().configuration;
  const links = KINDS.map((kind) => ({
    href: paths.definitions(kind),
    label: text.kinds[kind].many,
    current: kind === current,
  }));
  return <TabLinks label={text.title} links={links} />;
}
