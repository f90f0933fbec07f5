import { useParams, useSearch } from "@tanstack/react-router";
import type { DefinitionKind } from "../../../contract/definitions.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { NotFound } from "../../frame/not-found.tsx";
import { kindOfSlug } from "../../paths.ts";
import { EditorOf } from "./editors.tsx";

/** One definition, or (`new`) one to be made. */
export function DefinitionPage() {
  const { kind: slug, id } = useParams({ strict: false });
  const { version } = useSearch({ strict: false });
  const kind = kindOfSlug(slug ?? "");
  if (kind === undefined) return <NotFound />;
  if (id === undefined) return <EditorOf key={kind} kind={kind} />;
  return <Known key={`${kind} ${id} ${version}`} kind={kind} id={Number(id)} version={version} />;
}

interface KnownProps {
  readonly kind: DefinitionKind;
  readonly id: number;
  /** That whose content is to be edited again. */
  readonly version: string | undefined;
}

function Known({ kind, id, version }: KnownProps) {
  const definition = useAnswer("GET /definitions/:kind/:id", { params: { kind, id } });
  const versions = useAnswer(
    "GET /definitions/:kind/:id/versions",
    { params: { kind, id } },
    { enabled: version !== undefined },
  );
  const from = versions.data?.items.find((each) => String(each.version) === version);
  return (
    <Answer of={version !== undefined && versions.data === undefined ? { ...versions, data: undefined } : definition}>
      {() => definition.data !== undefined && <EditorOf kind={kind} definition={definition.data} from={from} />}
    </Answer>
  );
}
