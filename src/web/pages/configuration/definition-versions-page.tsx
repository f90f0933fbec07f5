import { Badge, Button, Group, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { DefinitionKind } from "../../../contract/definitions.ts";
import type { DefinitionVersion } from "../../../contract/administration.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { Page } from "../../components/page.tsx";
import { NotFound } from "../../frame/not-found.tsx";
import { useText } from "../../locales/language.tsx";
import { kindOfSlug, paths } from "../../paths.ts";
import { Change } from "./change.tsx";
import { type FieldWords, useFieldWords } from "./field-words.ts";
import classes from "./configuration.module.css";
import { useAreaCrumb } from "./use-area-crumb.ts";

/** Every version of a definition, newest first, with what it changed. */
export function DefinitionVersionsPage() {
  const { kind: slug, id } = useParams({ strict: false });
  const kind = kindOfSlug(slug ?? "");
  if (kind === undefined) return <NotFound />;
  return <Versions kind={kind} id={Number(id)} />;
}

function Versions({ kind, id }: { readonly kind: DefinitionKind; readonly id: number }) {
  const text = useText().configuration;
  const area = useAreaCrumb(kind);
  const definition = useAnswer("GET /definitions/:kind/:id", { params: { kind, id } });
  const versions = useAnswer("GET /definitions/:kind/:id/versions", { params: { kind, id } });
  const words = useFieldWords(kind);
  const name = definition.data?.name ?? `${id}`;
  return (
    <Page
      title={text.versions.title(name)}
      breadcrumb={[
        area,
        { label: text.kinds[kind].many, href: paths.definitions(kind) },
        { label: name, href: paths.definition(kind, id) },
      ]}
    >
      <Answer of={versions}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.versions.empty} />
          ) : (
            <div>
              {items.map((version, place) => (
                <Version
                  key={version.version}
                  version={version}
                  words={words}
                  newest={place === 0}
                  first={version.version === 1}
                  edit={paths.definition(kind, id, place === 0 ? undefined : version.version)}
                />
              ))}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

interface VersionProps {
  readonly version: DefinitionVersion;
  readonly words: FieldWords;
  readonly newest: boolean;
  readonly first: boolean;
  /** Where its content is edited again. */
  readonly edit: string;
}

function Version({ version, words, newest, first, edit }: VersionProps) {
  const { configuration, general } = useText();
  const text = configuration.versions;
  const title = configuration.editor.version(version.version);
  return (
    <section className={`${classes.panel} ${classes.version}`} aria-label={title}>
      <Group gap="xs" mb="xs">
        <h2 className={classes.panelTitle}>{title}</h2>
        {newest && <Badge variant="light">{text.current}</Badge>}
        <Text size="sm" c="dimmed">
          <Moment at={version.at} /> {general.by(version.author)}
        </Text>
        {!newest && (
          <Button component={Link} href={edit} size="compact-xs" variant="default" ml="auto">
            {text.edit(version.version)}
          </Button>
        )}
      </Group>
      {first && <Text size="sm">{text.first}</Text>}
      {!first && version.changes.length === 0 && <Text size="sm">{text.nothing}</Text>}
      {!first &&
        version.changes.map(({ path, before, after }) => (
          <Change key={path} path={path} before={parsed(before)} after={parsed(after)} words={words} />
        ))}
    </section>
  );
}

/** A value that came as JSON text; null: there was none. */
function parsed(json: string | null): unknown {
  return json === null ? undefined : JSON.parse(json);
}
