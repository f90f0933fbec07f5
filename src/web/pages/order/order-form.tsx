import { Alert, Button, Switch, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useEffect, useState, useSyncExternalStore } from "react";
import type { FormField, FormValues, OrderForm as Order } from "../../../contract/requests.ts";
import { checkValues } from "../../../domain/form-values.ts";
import { useApi, useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { Link, useGo } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useNow } from "../../components/use-now.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { FieldInput } from "./field-input.tsx";
import { FieldMarks } from "./field-marks.tsx";
import { isTyped } from "./fitting-values.ts";
import { OrderFormStore } from "./order-form-store.ts";
import classes from "./order.module.css";
import { PreviewPanel } from "./preview-panel.tsx";
import { type Schedule, scheduledMoment } from "./schedule.ts";
import { useDraft } from "./use-draft.ts";
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
  /** Told of every change, for the link that may be copied. */
  readonly onValues: (values: FormValues) => void;
  /** The order has been changed meanwhile: asks for it again. */
  readonly onReload: () => void;
}

/** An order's form, with what would run beside it. */
export function OrderForm({ order, beginning, onValues, onReload }: OrderFormProps) {
  const text = useText();
  const words = text.order;
  const go = useGo();
  const store = useOrderFormStore(order, beginning.values);
  const draft = useDraft(order.id, order.fields);
  const [source, setSource] = useState(beginning.source);
  const [note, setNote] = useState(beginning.note);
  const [schedule, setSchedule] = useState<Schedule>({ kind: "now", local: "" });
  const [background, setBackground] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const submit = useChange("POST /requests", ["GET /now", "GET /requests", "GET /orders"]);

  const { values, settled } = store;
  const problems = checkValues(order.fields, values, store.options);
  const now = useNow(15_000);
  const moment = scheduledMoment(schedule, now);
  const [still] = useDebouncedValue(values, 350);
  useEffect(() => onValues(values), [onValues, values]);

  const change = (field: FormField, next: readonly string[]): void => {
    store.set(field.name, next);
    if (submit.error !== null) submit.reset();
    draft.keep(store.values, note);
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
    const body = {
      order: order.id,
      orderVersion: order.version,
      values: submittedValues(order.fields, values),
      note: note.trim(),
      scheduledAt,
      background,
    };
    const { id } = await submit.mutateAsync({ body }).catch((error: unknown) => {
      focusFirst(order.fields, error);
      throw error;
    });
    void draft.forget().catch(() => undefined);
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
  const labelOf = (name: string): string => order.fields.find((field) => field.name === name)?.label ?? name;

  return (
    <div className={classes.columns}>
      <form className={classes.form} onSubmit={notByEnter} noValidate>
        <Source source={source} onAfresh={startAfresh} />
        {order.fields.map((field) => (
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
        {order.background && (
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
            draft.keep(store.values, event.currentTarget.value);
          }}
        />
      </form>
      <PreviewPanel order={order} values={still} filled={settled && problems.length === 0 && still === values} />
      <div className={classes.submit}>
        <SubmitProblem error={submit.error} onReload={onReload} />
        {tried && problems.length > 0 && submit.error === null && (
          <p role="alert" className={classes.bad}>
            {words.correct}
          </p>
        )}
        <div className={classes.submitRow}>
          <Button onClick={trySubmit} loading={submit.isPending} disabled={order.unavailable !== null}>
            {words.submit}
          </Button>
          <span role="status" className={classes.dimmed}>
            {draft.kept ? words.draft.saved : ""}
          </span>
        </div>
      </div>
    </div>
  );
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

function useOrderFormStore(order: Order, values: FormValues): OrderFormStore {
  const { call } = useApi();
  const [store] = useState(
    () =>
      new OrderFormStore(order.fields, values, (variable, given, refresh, signal) =>
        call(
          "POST /orders/:id/options",
          { params: { id: order.id }, body: { variable, values: given, refresh } },
          { signal, deadline: 620_000 },
        ),
      ),
  );
  useEffect(() => store.open(), [store]);
  useSyncExternalStore(store.subscribe, store.version);
  return store;
}

/** What is sent: an empty text is no value. */
function submittedValues(fields: readonly FormField[], values: FormValues): FormValues {
  return Object.fromEntries(
    fields.map((field) => {
      const given = values[field.name] ?? [];
      return [field.name, isTyped(field) && given.every((value) => value.trim() === "") ? [] : given];
    }),
  );
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

function SubmitProblem({ error, onReload }: { readonly error: Error | null; readonly onReload: () => void }) {
  const text = useText().order;
  if (error === null) return null;
  if (error instanceof ApiProblem && error.status === 409 && error.problem.currentVersion !== undefined)
    return (
      <Alert role="alert" color="yellow" variant="light" title={text.changed}>
        <p>{text.changedText}</p>
        <Button size="xs" variant="default" onClick={onReload}>
          {text.reload}
        </Button>
      </Alert>
    );
  return <ProblemAlert error={error} />;
}
