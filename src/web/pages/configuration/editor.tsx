import { Alert, Button, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import IconInfoCircle from "@tabler/icons-react/icons/IconInfoCircle";
import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, useEffect, useRef, useState } from "react";
import type { DefinitionData, DefinitionKind } from "../../../contract/definitions.ts";
import type { Definition } from "../../../contract/administration.ts";
import { answerKey, invalidate, useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { useFieldProblems } from "../../components/field-problems.ts";
import { useGo } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { UnsavedChanges } from "../../components/unsaved-changes.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./configuration.module.css";
import { Conflict } from "./conflict.tsx";
import { type FormProps, useDraft } from "./draft.ts";
import { EditorMenu } from "./editor-menu.tsx";
import { Provenance } from "./provenance.tsx";
import { useAreaCrumb } from "./use-area-crumb.ts";

export interface EditorProps<K extends DefinitionKind> {
  readonly kind: K;
  /** What is there; undefined: a new one is made. */
  readonly definition?: Definition | undefined;
  /** What a new one begins with, and what a version lacks that was made before there was a field. */
  readonly empty: DefinitionData[K];
  /** The version whose content is edited again. */
  readonly from?: { readonly version: number; readonly data: Readonly<Record<string, unknown>> } | undefined;
  readonly Form: ComponentType<FormProps<DefinitionData[K]>>;
  /** What stands beside the form: Verify. */
  readonly Side?: ComponentType<FormProps<DefinitionData[K]> & { readonly id: number | null }>;
  /** Stands above the form of a new one. */
  readonly Begin?: ComponentType<{ readonly onChoose: (data: DefinitionData[K]) => void }>;
}

/** The page on which a definition of any kind is made or changed. */
export function Editor<K extends DefinitionKind>(props: EditorProps<K>) {
  const { kind, definition, empty, from, Form, Side, Begin } = props;
  const { configuration: text, general } = useText();
  const area = useAreaCrumb(kind);
  const client = useQueryClient();
  const go = useGo();
  const form = useRef<HTMLFormElement>(null);
  const whole = (data: Readonly<Record<string, unknown>> | undefined): DefinitionData[K] => ({ ...empty, ...data });
  const [version, setVersion] = useState(definition?.version);
  const draft = useDraft(whole(definition?.data), whole(from?.data ?? definition?.data));
  const create = useChange("POST /definitions/:kind", ["GET /definitions/:kind"]);
  const change = useChange("PUT /definitions/:kind/:id", [
    "GET /definitions/:kind",
    "GET /definitions/:kind/:id/versions",
  ]);
  const saving = create.isPending || change.isPending;
  const error = create.error ?? change.error;
  const problems = useFieldProblems(error);
  const besides = problems.besides(Object.keys(empty));
  const [leaveTo, setLeaveTo] = useState<string | null>(null);
  const newer = definition !== undefined && version !== undefined && definition.version > version;

  useEffect(() => {
    if (leaveTo !== null) go(leaveTo, { replace: true });
  }, [leaveTo, go]);

  // Whoever has to correct something is led to it.
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  // Somebody else has saved: nothing typed is lost by showing it.
  if (newer && !draft.dirty) {
    setVersion(definition.version);
    draft.reset(whole(definition.data));
  }

  const settle = async (saved: Definition): Promise<void> => {
    showNotice({ message: text.editor.saved(saved.name, saved.version), tone: "good" });
    client.setQueryData(answerKey("GET /definitions/:kind/:id", { params: { kind, id: saved.id } }), saved);
    setVersion(saved.version);
    draft.reset(whole(saved.data));
    if (definition === undefined) setLeaveTo(paths.definition(kind, saved.id));
    await invalidate(client, ["GET /orders", "GET /orders/:id"]);
  };
  const fail = (cause: Error): void => {
    if (cause instanceof ApiProblem && cause.problem.type === "changed") {
      void invalidate(client, ["GET /definitions/:kind/:id"]);
    }
  };
  const save = (over: number | undefined = version): void => {
    const data = { ...draft.data };
    setSent(draft.data);
    const handlers = { onSuccess: (saved: Definition) => void settle(saved), onError: fail };
    if (definition === undefined || over === undefined) create.mutate({ params: { kind }, body: { data } }, handlers);
    else change.mutate({ params: { kind, id: definition.id }, body: { version: over, data } }, handlers);
  };
  useHotkeys([["mod+S", () => draft.dirty && !saving && save()]], []);

  const name = draft.data.name === "" ? (definition?.name ?? text.kinds[kind].create) : draft.data.name;
  const [sent, setSent] = useState(draft.data);
  // What has been typed anew since is no longer what was refused.
  const at = (field: string): string | undefined => {
    const root = (field.split(".")[0] ?? field) as keyof DefinitionData[K];
    return draft.data[root] === sent[root] ? problems.at(field) : undefined;
  };
  const fields: FormProps<DefinitionData[K]> = { data: draft.data, set: draft.set, at };
  const otherProblem = error !== null && !isAtFields(error) && !(newer && draft.dirty);
  return (
    <Page
      title={definition === undefined ? text.kinds[kind].create : name}
      breadcrumb={[area, { label: text.kinds[kind].many, href: paths.definitions(kind) }]}
      actions={
        definition !== undefined && (
          <EditorMenu
            definition={definition}
            dirty={draft.dirty}
            onDiscard={() => draft.reset(whole(definition.data))}
            onDeleted={() => {
              draft.reset(draft.data);
              setLeaveTo(paths.definitions(kind));
            }}
          />
        )
      }
      primary={
        <Button type="submit" form="definition" loading={saving} disabled={!draft.dirty}>
          {general.save}
        </Button>
      }
    >
      <UnsavedChanges when={draft.dirty && leaveTo === null} />
      {newer && draft.dirty && (
        <Conflict
          mine={draft.data}
          theirs={definition}
          onLoad={() => {
            change.reset();
            setVersion(definition.version);
            draft.reset(whole(definition.data));
          }}
          onKeep={() => save(definition.version)}
        />
      )}
      {from !== undefined && draft.dirty && (
        <Alert icon={<IconInfoCircle />}>{text.editor.fromVersion(from.version)}</Alert>
      )}
      {otherProblem && <ProblemAlert error={error} />}
      {besides.length > 0 && (
        <Alert color="red" title={text.editor.problems}>
          {besides.map(({ field, message }) => (
            <Text key={field} size="sm">{`${field}: ${message}`}</Text>
          ))}
        </Alert>
      )}
      <div className={classes.editor}>
        <form
          id="definition"
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Stack>
            {definition === undefined && Begin !== undefined && <Begin onChoose={(data) => draft.reset(empty, data)} />}
            <div>
              <Form {...fields} />
            </div>
          </Stack>
        </form>
        <aside className={classes.side} aria-label={text.editor.about}>
          {Side !== undefined && <Side {...fields} id={definition?.id ?? null} />}
          {definition !== undefined && <Provenance definition={definition} />}
        </aside>
      </div>
    </Page>
  );
}

function isAtFields(error: Error): boolean {
  return error instanceof ApiProblem && error.fields.length > 0;
}
