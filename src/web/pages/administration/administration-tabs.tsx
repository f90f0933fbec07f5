import { TabLinks } from "../../components/tab-links.tsx";
import type { Catalogue } from "../../locales/catalogue.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";

type Tab = keyof Catalogue["administration"]["tabs"];

/** Leads to the pages of the administration. */
export function AdministrationTabs({ current }: { readonly current: Tab }) {
  const text = useText().administration;
  const links = (["accounts", "userGroups", "health"] as const).map((tab) => ({
    href: paths[tab](),
    label: text.tabs[tab],
    current: tab === current,
  }));
  return <TabLinks label={text.title} links={links} />;
}
