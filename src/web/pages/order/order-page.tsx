import { ActionIcon, Alert, Button, CopyButton, Group, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import IconBan from "@tabler/icons-react/icons/IconBan";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconHelp from "@tabler/icons-react/icons/IconHelp";
import IconHistory from "@tabler/icons-react/icons/IconHistory";
import IconLink from "@tabler/icons-react/icons/IconLink";
import { lazy, Suspense, useState } from "react";
import type { FormValues, OrderForm as Order } from "../../../contract/requests.ts";
import { useAnswer, useApi } from "../../api/api.tsx";
import type { Call } from "../../api/call.ts";
import { Answer } from "../../components/answer.tsx";
import { Link } from "../../components/link.tsx";
import { Loading } from "../../components/loading.tsx";
import { Page } from "../../components/page.tsx";
import { usePageEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { linkValues, valuesForLink } from "./link-values.ts";
import { type Beginning, OrderForm } from "./order-form.tsx";
import classes from "./order.module.css";

const OrderHelp = lazy(async () => ({ default: (await import("./order-help.tsx")).OrderHelp }));

/** An order: its form, what would run, and its help. */
export function OrderPage() {
  const id = Number(useParams({ strict: false }).id);
  const text = useText().order;
  const { call } = useApi();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const from = Number(search["from"]) || undefined;
  const link = linkValues(search["values"]);
  const order = useAnswer("GET /orders/:id", { params: { id } }, { staleTime: Number.POSITIVE_INFINITY });
  const beginning = useQuery({
    queryKey: ["beginning", id, from, search["values"]],
    queryFn: ({ signal }) => beginningOf(call, id, from, link, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  usePageEnvironment(order.data?.environment);
  if (order.data === undefined || beginning.data === undefined)
    return (
      <Page title={text.title}>
        <Answer of={order}>{() => <Answer of={beginning}>{() => null}</Answer>}</Answer>
      </Page>
    );
  return (
    <Shown
      key={`${id} ${from} ${String(search["values"])}`}
      order={order.data}
      beginning={beginning.data}
      onReload={() => void order.refetch()}
    />
  );
}

interface ShownProps {
  readonly order: Order;
  readonly beginning: Beginning;
  readonly onReload: () => void;
}

function Shown({ order, beginning, onReload }: ShownProps) {
  const { order: text, orders } = useText();
  const [help, setHelp] = useState(false);
  const [values, setValues] = useState<FormValues>(beginning.values);
  // A form that is loaded anew since the order has changed goes on with what was typed.
  const [first] = useState(order.version);
  return (
    <Page
      title={
        <span className={classes.title}>
          {order.name}
          <span className={classes.where}>
            {[order.environment.name, ...(order.category === null ? [] : [order.category])].join(" · ")}
          </span>
        </span>
      }
      tab={order.name}
      breadcrumb={[{ label: orders.title, href: paths.orders() }]}
      actions={
        <Group gap={4}>
          {order.description !== "" && (
            <Button
              variant="subtle"
              leftSection={<IconHelp size={16} aria-hidden />}
              aria-expanded={help}
              onClick={() => setHelp(!help)}
            >
              {text.help}
            </Button>
          )}
          <Button
            component={Link}
            href={paths.history({ order: order.id })}
            variant="subtle"
            leftSection={<IconHistory size={16} aria-hidden />}
          >
            {text.history}
          </Button>
          <CopyLink order={order} values={values} />
        </Group>
      }
    >
      {order.unavailable !== null && (
        <Alert color="yellow" variant="light" icon={<IconBan />} title={text.unavailable}>
          {order.unavailable}
        </Alert>
      )}
      {help && (
        <Suspense fallback={<Loading rows={3} />}>
          <OrderHelp description={order.description} />
        </Suspense>
      )}
      <OrderForm
        key={order.version}
        order={order}
        beginning={order.version === first ? beginning : { ...beginning, values }}
        onValues={setValues}
        onReload={onReload}
      />
    </Page>
  );
}

function CopyLink({ order, values }: { readonly order: Order; readonly values: FormValues }) {
  const text = useText().order;
  const href = paths.order(order.id, { values: valuesForLink(order.fields, values) });
  return (
    <CopyButton value={`${location.origin}${href}`} timeout={2000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? text.linkCopied : text.copyLink}>
          <ActionIcon size="lg" variant="subtle" aria-label={copied ? text.linkCopied : text.copyLink} onClick={copy}>
            {copied ? <IconCheck size={16} /> : <IconLink size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** What the form begins with: the values of a link, of a request, of what was typed before, else its defaults. */
async function beginningOf(
  call: Call,
  order: number,
  from: number | undefined,
  link: FormValues | undefined,
  signal: AbortSignal,
): Promise<Beginning> {
  if (from !== undefined) {
    const { values, note } = await call("GET /requests/:id/values", { params: { id: from } }, { signal });
    return { values: { ...values, ...link }, note: link === undefined ? note : "", source: { request: from } };
  }
  if (link !== undefined) return { values: link, note: "", source: "link" };
  const draft = await call("GET /orders/:id/draft", { params: { id: order } }, { signal });
  return draft === null
    ? { values: {}, note: "", source: "defaults" }
    : { values: draft.values, note: draft.note, source: "draft" };
}
