import { Button, Switch, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useEffect, useState } from "react";
import type { FormField, FormValues, OrderForm as Order, RequestDetail } from "../../../contract/requests.ts";
import { checkValues } from "../../../domain/form-values.ts";
import { ApiProblem } from "../../api/problem.ts";
import { Link, useGo } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { useNow } from "../../components/use-now.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { FieldInput } from "./field-input.tsx";
import { FieldMarks } from "./field-marks.tsx";
import { isTyped } from "./fitting-values.ts";
import { FrozenNotice } from "./frozen-notice.tsx";
import classes from "./order.module.css";
import { PreviewPanel } from "./preview-panel.tsx";
import { beginningSchedule, type Schedule, scheduledMoment } from "./schedule.ts";
import { fieldsForEdit, sentValues } from "./sent-values.ts";
import { SubmitProblem } from "./submit-problem.tsx";
import { useDraft } from "./use-draft.ts";
import { useOrderFormStore } from "./use-order-form-store.ts";
import { usePreview } from "./use-preview.ts";
import { useSubmission } from "./use-submission.ts";
import { serverProblemText, valueProblemText } from "./value-problem-text.ts";
import { WhenInput } from "./when-input.tsx";

/** What a form begins with, and where that comes from. */
export interface Beginning {
  readonly values: FormValues;
  readonly note: string;
  readonly source: "defaults" | "draft" | "link" | { readonly request: number };
}

interface OrderFormProps {
  readonly order: Order;
  readonly beginning: Beginning;
  /** The request whose place it takes, which has not run yet; undefined: a new one is made. */
  readonly editing?: RequestDetail | undefined;
  /** Told of every change, for the link that may be copied. */
  readonly onValues?: (values: FormValues) => void;
  /** The order has been changed meanwhile: asks for it again. */
  readonly onReload: () => void;
}

/** An order's form, with what would run beside it. */
export function OrderForm({ order, beginning, editing, onValues, onReload }: OrderFormProps) {
  const text = useText();
  const words = text.order;
  const go = useGo();
  const store = useOrderFormStore(order, beginning.values);
  const fields = editing === undefined ? order.fields : fieldsForEdit(order.fields, words.edit.secretKept);
  const draft = useDraft(order.id, fields);
  const [source, setSource] = useState(beginning.source);
  const [note, setNote] = useState(beginning.note);
  const [schedule, setSchedule] = useState<Schedule>(() => beginningSchedule(editing?.scheduledAt ?? null));
  const [background, setBackground] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [breakGlass, setBreakGlass] = useState("");
  const submit = useSubmission(order, editing);

  const { values, settled } = store;
  const problems = checkValues(fields, values, store.options);
  const now = useNow(15_000);
  const moment = scheduledMoment(schedule, now);
  const [still] = useDebouncedValue(values, 350);
  const preview = usePreview(order, still);
  useEffect(() => onValues?.(values), [onValues, values]);

  // Until the preview says it, a request is asked about as it was before.
  const approval = (preview.data === undefined ? (editing?.approval ?? null) : preview.data.approval) !== null;
  const freeze = preview.data?.freeze ?? null;
  // A later time is looked at when it comes.
  const frozen = freeze !== null && editing === undefined && schedule.kind === "now";
  const breaking = frozen && breakGlass.trim() !== "";
  const closed = frozen && !approval && !breaking;

  const change = (field: FormField, next: readonly string[]): void => {
    store.set(field.name, next);
    if (submit.error !== null) submit.reset();
    if (editing === undefined) draft.keep(store.values, note);
  };
  const startAfresh = (): void => {
    store.reset({});
    setNote("");
    setTouched(new Set());
    setTried(false);
    setSource("defaults");
    void draft.forget();
  };
  const problemOf = (field: FormField): string | undefined => {
    const fromServer =
      submit.error instanceof ApiProblem ? serverProblemText(submit.error.fields, field.name, text) : undefined;
    if (fromServer !== undefined) return fromServer;
    if (!tried && !touched.has(field.name)) return undefined;
    const own = problems.filter((problem) => problem.field === field.name);
    return own.length === 0
      ? undefined
      : own.map((problem) => valueProblemText(problem, field.pattern, text)).join(" ");
  };
  const send = async (scheduledAt: string | null): Promise<void> => {
    const sending = {
      values: sentValues(fields, values, editing !== undefined),
      note: note.trim(),
      scheduledAt,
      background,
      breakGlass: frozen ? breakGlass.trim() : "",
    };
    const id = await submit.send(sending).catch((error: unknown) => {
      focusFirst(fields, error);
      // A window that has begun since the form was opened: who may break the glass is asked for the reason.
      if (error instanceof ApiProblem && error.problem.freeze !== undefined) void preview.refetch();
      throw error;
    });
    if (editing === undefined) void draft.forget().catch(() => undefined);
    if (!background) return go(paths.request(id));
    showNotice({
      message: (
        <>
          {words.submitted(id)} <Link href={paths.request(id)}>{words.open}</Link>
        </>
      ),
    });
    go(paths.orders());
  };
  const trySubmit = (): void => {
    setTried(true);
    const wrong = problems[0];
    if (wrong !== undefined) document.getElementById(`field-${wrong.field}`)?.focus();
    const when = scheduledMoment(schedule, new Date());
    if (wrong === undefined && "at" in when) void send(when.at).catch(() => undefined);
  };
  const labelOf = (name: string): string => fields.find((field) => field.name === name)?.label ?? name;

  return (
    <div className={classes.columns}>
      <form className={classes.form} onSubmit={notByEnter} noValidate>
        <Source source={source} onAfresh={startAfresh} />
        {fields.map((field) => (
          <div key={field.name} className={classes.field}>
            <FieldInput
              field={field}
              values={values[field.name] ?? []}
              choices={store.choices(field.name)}
              problem={problemOf(field)}
              onChange={(next) => change(field, next)}
              onBlur={() => {
                if (isTyped(field)) setTouched((before) => new Set(before).add(field.name));
              }}
            />
            <FieldMarks
              field={field}
              choices={store.choices(field.name)}
              dropped={store.dropped(field.name)}
              labelOf={labelOf}
              onRefresh={() => store.refresh(field.name)}
            />
          </div>
        ))}
        {order.schedulable && (
          <WhenInput
            schedule={schedule}
            now={now}
            problem={"problem" in moment ? moment.problem : undefined}
            onChange={setSchedule}
          />
        )}
        {order.background && editing === undefined && (
          <Switch
            label={words.background}
            description={words.backgroundHint}
            checked={background}
            onChange={(event) => setBackground(event.currentTarget.checked)}
          />
        )}
        <Textarea
          label={words.note}
          description={words.noteHint}
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => {
            setNote(event.currentTarget.value);
            if (editing === undefined) draft.keep(store.values, event.currentTarget.value);
          }}
        />
      </form>
      <PreviewPanel
        order={order}
        preview={preview}
        values={still}
        filled={settled && problems.length === 0 && still === values}
      />
      <div className={classes.submit}>
        <SubmitProblem
          error={submit.error}
          schedulable={order.schedulable}
          frozen={frozen}
          editing={editing !== undefined}
          onReload={onReload}
        />
        {freeze !== null && frozen && (
          <FrozenNotice freeze={freeze} schedulable={order.schedulable} reason={breakGlass} onReason={setBreakGlass} />
        )}
        {tried && problems.length > 0 && submit.error === null && (
          <p role="alert" className={classes.bad}>
            {words.correct}
          </p>
        )}
        <div className={classes.submitRow}>
          <Button onClick={trySubmit} loading={submit.pending} disabled={order.unavailable !== null || closed}>
            {submitWords({ editing: editing !== undefined, approval, breaking }, words)}
          </Button>
          <span role="status" className={classes.dimmed}>
            {draft.kept ? words.draft.saved : ""}
          </span>
        </div>
      </div>
    </div>
  );
}

/** What the button does. */
function submitWords(
  {
    editing,
    approval,
    breaking,
  }: { readonly editing: boolean; readonly approval: boolean; readonly breaking: boolean },
  words: ReturnType<typeof useText>["order"],
): string {
  if (editing) return approval ? words.edit.saveForApproval : words.edit.save;
  if (breaking) return approval ? words.frozen.submitForApproval : words.frozen.submit;
  return approval ? words.submitForApproval : words.submit;
}

/** Leads to the first input that the server finds fault with. */
function focusFirst(fields: readonly FormField[], error: unknown): void {
  if (!(error instanceof ApiProblem)) return;
  const wrong = fields.find(({ name }) => error.fields.some(({ field }) => field === `values.${name}`));
  if (wrong !== undefined) document.getElementById(`field-${wrong.name}`)?.focus();
}

/** Enter in an input chooses or ends a text; nobody submits a release by it. */
function notByEnter(event: FormEvent): void {
  event.preventDefault();
}

function Source({ source, onAfresh }: { readonly source: Beginning["source"]; readonly onAfresh: () => void }) {
  const text = useText().order.draft;
  if (source === "defaults") return null;
  const said = source === "draft" ? text.restored : source === "link" ? text.link : text.from(source.request);
  return (
    <p className={classes.source}>
      {said}
      {" · "}
      <Button size="compact-sm" variant="subtle" onClick={onAfresh}>
        {source === "draft" ? text.discard : text.fresh}
      </Button>
    </p>
  );
}
