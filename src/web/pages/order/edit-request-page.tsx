import { Alert, Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { FormValues, RequestDetail } from "../../../contract/requests.ts";
import { useAnswer } from "../../api/api.tsx";
import { OutdatedParts } from "../../approvals/outdated-parts.tsx";
import { Answer } from "../../components/answer.tsx";
import { Link } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { usePageEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { OrderForm } from "./order-form.tsx";

/** A request that has not run yet, in the form of its order, to be changed or renewed. */
export function EditRequestPage() {
  const id = Number(useParams({ strict: false }).id);
  const text = useText();
  const request = useAnswer("GET /requests/:id", { params: { id } });
  usePageEnvironment(request.data?.environment);
  return (
    <Page
      title={text.order.edit.title(id)}
      breadcrumb={[
        { label: text.history.title, href: paths.history() },
        {
          label: request.data === undefined ? `#${id}` : text.request.name(id, request.data.order.name),
          href: paths.request(id),
        },
      ]}
    >
      <Answer of={request}>
        {(data) =>
          data.allowed.includes("edit") ? (
            <Edit key={id} request={data} reload={async () => (await request.refetch()).data} />
          ) : (
            <NotNow id={id} />
          )
        }
      </Answer>
    </Page>
  );
}

interface EditProps {
  readonly request: RequestDetail;
  /** Asks for it again. */
  readonly reload: () => Promise<RequestDetail | undefined>;
}

function Edit({ request, reload }: EditProps) {
  const text = useText().order.edit;
  // The request as it was when the form was filled: what has happened to it since is not overwritten unseen.
  const [seen, setSeen] = useState(request);
  const [typed, setTyped] = useState<FormValues>();
  const order = useAnswer("GET /orders/:id", { params: { id: request.order.id } });
  const values = useAnswer(
    "GET /requests/:id/values",
    { params: { id: request.id } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const { approval } = request;
  const voted = approval?.levels.some(({ votes }) => votes.length > 0) === true;
  return (
    <Answer of={order}>
      {(form) => (
        <Answer of={values}>
          {(filled) => (
            <>
              {approval !== null && approval.outdated.length > 0 && (
                <Alert color="yellow" variant="light" title={text.newer}>
                  <OutdatedParts parts={approval.outdated} />
                </Alert>
              )}
              {voted && (
                <Alert color="yellow" variant="light">
                  {text.voids}
                </Alert>
              )}
              <OrderForm
                key={form.version}
                order={form}
                editing={seen}
                beginning={{ values: typed ?? filled.values, note: filled.note, source: "defaults" }}
                onValues={setTyped}
                onReload={() => {
                  void reload().then((newer) => newer !== undefined && setSeen(newer));
                  void order.refetch();
                }}
              />
            </>
          )}
        </Answer>
      )}
    </Answer>
  );
}

function NotNow({ id }: { readonly id: number }) {
  const text = useText().order.edit;
  return (
    <Alert color="yellow" variant="light" title={text.notNow}>
      <p>{text.notNowText}</p>
      <Button component={Link} href={paths.request(id)} size="xs" variant="default">
        {text.toRequest}
      </Button>
    </Alert>
  );
}
