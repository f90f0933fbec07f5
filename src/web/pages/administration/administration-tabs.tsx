import type { DefinitionKind } from "../../../contract/definitions.ts";
import { ADMINISTRATION_KINDS, type Permission } from "../../../contract/states.ts";
import { useAccount } from "../../api/session.ts";
import { TabLinks } from "../../components/tab-links.tsx";
import type { Catalogue } from "../../locales/catalogue.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";

type Page = keyof Catalogue["administration"]["tabs"];
type Tab = Page | DefinitionKind;

/** In the order in which people need them most; what the kinds define has its own pages. */
const PAGES: readonly { readonly tab: Page; readonly needs: Permission }[] = [
  { tab: "accounts", needs: "administer" },
  { tab: "userGroups", needs: "administer" },
  { tab: "roles", needs: "administer" },
  { tab: "objectRules", needs: "administer" },
];
const LAST_PAGES: typeof PAGES = [
  { tab: "audit", needs: "audit" },
  { tab: "health", needs: "administer" },
];

/** Leads to the pages of the administration that one may see. */
export function AdministrationTabs({ current }: { readonly current: Tab }) {
  const { administration, configuration } = useText();
  const { permissions } = useAccount();
  const pages = (of: typeof PAGES) =>
    of
      .filter(({ needs }) => permissions.includes(needs))
      .map(({ tab }) => ({ href: paths[tab](), label: administration.tabs[tab], current: tab === current }));
  const kinds = ADMINISTRATION_KINDS.filter(() => permissions.includes("administer")).map((kind) => ({
    href: paths.definitions(kind),
    label: configuration.kinds[kind].many,
    current: kind === current,
  }));
  return <TabLinks label={administration.title} links={[...pages(PAGES), ...kinds, ...pages(LAST_PAGES)]} />;
}
