import { Anchor, Text } from "@mantine/core";
import type { DefinitionKind } from "../../contract/definitions.ts";
import { Link } from "./link.tsx";
import type { Catalogue } from "../locales/catalogue.ts";
import { useText } from "../locales/language.tsx";
import { KIND_SLUGS, paths } from "../paths.ts";
import classes from "./components.module.css";

interface Used {
  readonly kind: string;
  readonly id: number;
  readonly name: string;
}

interface UsedByProps {
  readonly definitions: readonly Used[];
}

/** What uses something (definitions, accounts, object rules), each with a link to it. */
export function UsedBy({ definitions }: UsedByProps) {
  const text = useText();
  return (
    <ul className={classes.problemList}>
      {definitions.map((used) => {
        const { href, what } = whereIs(used, text);
        return (
          <li key={`${used.kind} ${used.id}`}>
            <Anchor component={Link} href={href} size="sm" underline="always">
              {used.name}
            </Anchor>{" "}
            <Text span size="xs" c="dimmed">
              {what}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}

function isDefinition(kind: string): kind is DefinitionKind {
  return Object.hasOwn(KIND_SLUGS, kind);
}

function whereIs({ kind, id }: Used, text: Catalogue): { readonly href: string; readonly what: string } {
  if (isDefinition(kind)) return { href: paths.definition(kind, id), what: text.configuration.kinds[kind].one };
  return kind === "object_rule"
    ? { href: paths.objectRules(), what: text.administration.tabs.objectRules }
    : { href: paths.account(id), what: text.administration.tabs.accounts };
}
