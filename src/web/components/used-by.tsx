import { Anchor, Text } from "@mantine/core";
import type { DefinitionKind } from "../../contract/definitions.ts";
import { Link } from "./link.tsx";
import { useText } from "../locales/language.tsx";
import { paths } from "../paths.ts";
import classes from "./components.module.css";

interface UsedByProps {
  readonly definitions: readonly { readonly kind: string; readonly id: number; readonly name: string }[];
}

/** The definitions that use another one, each with a link to it. */
export function UsedBy({ definitions }: UsedByProps) {
  const { kinds } = useText().configuration;
  return (
    <ul className={classes.problemList}>
      {definitions.map(({ kind, id, name }) => {
        const known = kind as DefinitionKind;
        return (
          <li key={`${kind} ${id}`}>
            <Anchor component={Link} href={paths.definition(known, id)} size="sm" underline="always">
              {name}
            </Anchor>{" "}
            <Text span size="xs" c="dimmed">
              {kinds[known].one}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
