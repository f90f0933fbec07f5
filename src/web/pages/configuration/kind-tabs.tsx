import type { DefinitionKind } from "../../../contract/definitions.ts";
import { ADMINISTRATION_KINDS } from "../../../contract/states.ts";
import { TabLinks } from "../../components/tab-links.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { AdministrationTabs } from "../administration/administration-tabs.tsx";

/** In the order in which people need them most. */
const KINDS: readonly DefinitionKind[] = [
  "work_order",
  "variable_group",
  "variable",
  "approval_flow",
  "freeze_window",
  "config_centre",
  "environment",
  "category",
];

/** Leads to the lists of all kinds, or to the pages of the administration that a kind belongs to. */
export function KindTabs({ current }: { readonly current: DefinitionKind }) {
  const text = useText().configuration;
  if (ADMINISTRATION_KINDS.includes(current)) return <AdministrationTabs current={current} />;
  const links = KINDS.map((kind) => ({
    href: paths.definitions(kind),
    label: text.kinds[kind].many,
    current: kind === current,
  }));
  return <TabLinks label={text.title} links={links} />;
}
