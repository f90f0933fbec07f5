import type { DefinitionKind } from "../../../contract/definitions.ts";
import { ADMINISTRATION_KINDS } from "../../../contract/states.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";

/** The area that a kind of definition belongs to, as the first step of a breadcrumb. */
export function useAreaCrumb(kind: DefinitionKind): { readonly label: string; readonly href: string } {
  const { administration, configuration } = useText();
  return ADMINISTRATION_KINDS.includes(kind)
    ? { label: administration.title, href: paths.administration() }
    : { label: configuration.title, href: paths.configuration() };
}
