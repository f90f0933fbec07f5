import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { createContext, use, useEffect, useState } from "react";
import type { WorkOrder } from "../../../contract/definitions.ts";
import { useAnswer, useApi } from "../../api/api.tsx";
import type { AnswerTo } from "../../api/call.ts";
import { useText } from "../../locales/language.tsx";
import type { FormProps } from "./draft.ts";
import { Editor } from "./editor.tsx";
import type { EditorOfProps } from "./editors.tsx";
import { EMPTY_DEFINITIONS } from "./empty-definitions.ts";
import { WorkOrderForm } from "./forms/work-order-form.tsx";
import { TaskPreview } from "./verify/task-preview.tsx";

type Checked = AnswerTo<"POST /work-orders/verify">;

/** Fields that are checked while somebody types; the others when the order is saved. */
const CHECKED_FIELDS = ["preTask", "mainTask", "postTask", "builtIn"];

/** What the server makes of the task lines that are typed: the form shows the problems, the side the lines. */
const CheckedContext = createContext<{
  readonly checked: Checked | undefined;
  readonly setChecked: (checked: Checked | undefined) => void;
} | null>(null);

/** The editor of a work order, which reads the task lines as they are typed. */
export function WorkOrderEditor(props: Omit<EditorOfProps, "kind">) {
  const [checked, setChecked] = useState<Checked | undefined>();
  return (
    <CheckedContext value={{ checked, setChecked }}>
      <Editor
        kind="work_order"
        empty={EMPTY_DEFINITIONS.work_order}
        Form={CheckedForm}
        Side={Check}
        Begin={FromTemplate}
        {...props}
      />
    </CheckedContext>
  );
}

function CheckedForm(props: FormProps<WorkOrder>) {
  const checked = use(CheckedContext)?.checked;
  const at = (field: string): string | undefined => {
    const saved = props.at(field);
    if (!CHECKED_FIELDS.includes(field)) return saved;
    if (props.data.mainTask === "" && field === "mainTask") return saved;
    if (checked === undefined) return saved;
    const messages = checked.problems.filter((problem) => isIn(problem.field, field)).map(({ message }) => message);
    return messages.length === 0 ? undefined : messages.join("\n");
  };
  return <WorkOrderForm {...props} at={at} />;
}

function isIn(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

function Check({ data }: { readonly data: WorkOrder }) {
  const { call } = useApi();
  const context = use(CheckedContext);
  const [settled] = useDebouncedValue(data, 400);
  const body = { data: { ...settled } };
  const answer = useQuery({
    queryKey: ["POST /work-orders/verify", body],
    queryFn: ({ signal }) => call("POST /work-orders/verify", { body }, { signal }),
    enabled: `${settled.preTask}${settled.mainTask}${settled.postTask}`.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const setChecked = context?.setChecked;
  useEffect(() => setChecked?.(answer.data), [answer.data, setChecked]);
  const problems = answer.data?.problems.filter(({ field }) => CHECKED_FIELDS.some((each) => isIn(field, each)));
  return (
    <TaskPreview data={data} checked={answer.data} problems={data.mainTask === "" ? 0 : (problems?.length ?? 0)} />
  );
}

function FromTemplate({ onChoose }: { readonly onChoose: (data: WorkOrder) => void }) {
  const text = useText().workOrders;
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind: "work_order" } });
  const templates = data?.items.filter((each) => each.data["template"] === true) ?? [];
  if (templates.length === 0) return null;
  return (
    <Select
      label={text.fromTemplate}
      placeholder={text.noTemplate}
      searchable
      data={templates.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(id) => {
        const template = templates.find((each) => String(each.id) === id)?.data as WorkOrder | undefined;
        if (template !== undefined) onChoose({ ...template, name: "", template: false });
      }}
    />
  );
}
