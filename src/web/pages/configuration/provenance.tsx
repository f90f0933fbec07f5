import { Anchor, Text } from "@mantine/core";
import type { Definition } from "../../../contract/administration.ts";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { Panel } from "./panel.tsx";
import { UsedBy } from "../../components/used-by.tsx";

/** Who has made this version and when, and what uses the definition. */
export function Provenance({ definition }: { readonly definition: Definition }) {
  const { configuration: text, general } = useText();
  const { kind, id, version, author, at, usedBy } = definition;
  return (
    <>
      <Panel title={text.editor.version(version)}>
        <Text size="sm">
          <Moment at={at} /> {general.by(author)}
          {" · "}
          <Anchor underline="always" component={Link} href={paths.definitionVersions(kind, id)}>
            {text.editor.versions}
          </Anchor>
        </Text>
      </Panel>
      {kind !== "work_order" && kind !== "freeze_window" && (
        <Panel title={text.editor.usedBy}>
          {usedBy.length === 0 ? (
            <Text size="sm" c="dimmed">
              {text.editor.unused}
            </Text>
          ) : (
            <UsedBy definitions={usedBy} />
          )}
        </Panel>
      )}
    </>
  );
}
