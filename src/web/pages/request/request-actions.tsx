import { ActionIcon, Button, Group, Menu, Textarea } from "@mantine/core";
import IconDots from "@tabler/icons-react/icons/IconDots";
import { useState } from "react";
import type { RequestDetail } from "../../../contract/requests.ts";
import type { RequestAction } from "../../../contract/states.ts";
import { useChange } from "../../api/api.tsx";
import { Confirm } from "../../components/confirm.tsx";
import { Link } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./request.module.css";
import { useRollback } from "./use-rollback.ts";

type Ending = Extract<RequestAction, "revoke" | "stop" | "abort" | "kill">;

const STALE = ["GET /requests/:id", "GET /now", "GET /requests", "GET /approvals", "GET /approvals/count"] as const;

/** What can be done with a request now: at most two buttons, the rest in a menu. */
export function RequestActions({ request }: { readonly request: RequestDetail }) {
  const text = useText().request.actions;
  const [asked, setAsked] = useState<Ending>();
  const rollback = useRollback(request);
  const endings = endingsOf(request);
  const [first, ...others] = endings;
  const again = request.allowed.includes("again") ? paths.order(request.order.id, { from: request.id }) : undefined;
  return (
    <Group gap="xs" className={classes.actions}>
      {request.allowed.includes("run") && <RunButton request={request} />}
      {request.allowed.includes("edit") && (
        <Button component={Link} href={paths.editRequest(request.id)} variant="default">
          {text.edit}
        </Button>
      )}
      {first !== undefined && (
        <Button color="red" variant={first === "revoke" ? "light" : "filled"} onClick={() => setAsked(first)}>
          {text[first].label}
        </Button>
      )}
      {others.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size="lg" variant="default" aria-label={text.menu}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((action) => (
              <Menu.Item key={action} color="red" onClick={() => setAsked(action)}>
                {text[action].label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {rollback !== undefined && (
        <Button component={Link} href={rollback} variant="default">
          {text.rollBack}
        </Button>
      )}
      {again !== undefined && first === undefined && (
        <Button component={Link} href={again} variant="default">
          {text.again}
        </Button>
      )}
      <Ask request={request} action={asked} onClose={() => setAsked(undefined)} />
    </Group>
  );
}

/** Starts what is approved, where its order does not start it by itself. */
function RunButton({ request }: { readonly request: RequestDetail }) {
  const text = useText().request.actions.run;
  const [asked, setAsked] = useState(false);
  const change = useChange("POST /requests/:id/actions", STALE);
  const close = (): void => {
    change.reset();
    setAsked(false);
  };
  return (
    <>
      <Button onClick={() => setAsked(true)}>{text.label}</Button>
      <Confirm
        opened={asked}
        title={text.title}
        action={text.button(request.id)}
        colour="blue"
        busy={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={() =>
          change.mutate(
            { params: { id: request.id }, body: { action: "run", version: request.version } },
            { onSuccess: close },
          )
        }
      >
        {text.text(request.place)}
      </Confirm>
    </>
  );
}

/** How the request can be ended, mildest first. What is under way already is not offered again. */
function endingsOf({ allowed, lines, run }: RequestDetail): readonly Ending[] {
  const order: readonly Ending[] = ["revoke", "stop", "abort", "kill"];
  const from = run?.stopping == null ? 0 : order.indexOf(run.stopping) + 1;
  const release = lines.some(({ gantry }) => gantry);
  return order.slice(from).filter((action) => allowed.includes(action) && (action !== "abort" || release));
}

interface AskProps {
  readonly request: RequestDetail;
  readonly action: Ending | undefined;
  readonly onClose: () => void;
}

function Ask({ request, action, onClose }: AskProps) {
  const text = useText().request.actions;
  const [reason, setReason] = useState("");
  const change = useChange("POST /requests/:id/actions", STALE);
  if (action === undefined) return null;
  const close = (): void => {
    change.reset();
    setReason("");
    onClose();
  };
  const confirm = (): void =>
    change.mutate(
      { params: { id: request.id }, body: { action, version: request.version, reason: reason.trim() } },
      {
        onSuccess: () => {
          showNotice({ message: text.done[action] });
          close();
        },
      },
    );
  return (
    <Confirm
      opened
      title={text[action].title}
      action={text[action].button(request.id)}
      busy={change.isPending}
      error={change.error}
      onConfirm={confirm}
      onClose={close}
    >
      <p style={{ marginTop: 0 }}>{consequence(request, action, text)}</p>
      <Textarea
        label={text.reason}
        description={text.reasonHint}
        value={reason}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  );
}

/** What state an action leaves behind. */
function consequence(
  { place, lines }: RequestDetail,
  action: Ending,
  text: ReturnType<typeof useText>["request"]["actions"],
): string {
  switch (action) {
    case "stop":
      return lines.some(({ gantry }) => gantry) ? text.stop.release : text.stop.command(place);
    case "kill":
      return text.kill.text(place);
    default:
      return text[action].text;
  }
}
