import { Alert, Button, Group, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RequestDetail } from "../../contract/requests.ts";
import { invalidate, useApi, useChange } from "../api/api.tsx";
import { ApiProblem } from "../api/problem.ts";
import { showNotice } from "../components/notices.tsx";
import { ProblemAlert } from "../components/problem-alert.tsx";
import { useText } from "../locales/language.tsx";
import classes from "./approvals.module.css";
import { type Decision, type Meanwhile, meanwhileOf, personName, type Subject } from "./decision.ts";
import { MeanwhileNotice } from "./meanwhile-notice.tsx";

/** What a vote changes. */
const STALE = ["GET /approvals", "GET /approvals/count", "GET /requests/:id", "GET /requests", "GET /now"] as const;

export interface AskedDecision {
  readonly decision: Decision;
  readonly subject: Subject;
}

interface DecisionDialogProps {
  readonly asked: AskedDecision;
  readonly onDecided: (decision: Decision, request: RequestDetail) => void;
  readonly onClose: () => void;
}

/** Asks once more, for a comment or the reason, and casts the vote on exactly what was looked at. */
export function DecisionDialog({ asked: { decision, subject: seen }, onDecided, onClose }: DecisionDialogProps) {
  const { approvals, general } = useText();
  const text = approvals.decide;
  const { call } = useApi();
  const client = useQueryClient();
  const [subject, setSubject] = useState(seen);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [whose, setWhose] = useState(seen.mayVote ? null : (seen.mayVoteFor[0]?.id ?? null));
  const [meanwhile, setMeanwhile] = useState<Meanwhile>();
  const vote = useChange("POST /requests/:id/votes", STALE);
  const { id, order, environment } = subject;
  const rejecting = decision === "reject";
  const missing = rejecting && reason.trim() === "";
  const over = meanwhile !== undefined && meanwhile.kind !== "voted";

  const cast = async (): Promise<void> => {
    setTried(true);
    if (missing) return;
    const { hash, version } = subject;
    const body = { decision, hash, version, reason: reason.trim(), onBehalfOf: whose };
    try {
      const request = await vote.mutateAsync({ params: { id }, body });
      showNotice({ message: saidOf(decision, request, text), tone: "good" });
      onDecided(decision, request);
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.status !== 409 && error.status !== 403)) return;
      const now = await call("GET /requests/:id", { params: { id } }).catch(() => undefined);
      if (now === undefined) return;
      const happened = meanwhileOf(subject, decision, now);
      // Where nothing has happened, the refusal itself says why.
      if (happened.kind !== "voted" || happened.subject.version !== subject.version) setMeanwhile(happened);
      if (happened.kind === "voted") setSubject(happened.subject);
      await invalidate(client, STALE);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={rejecting ? text.rejectTitle(id) : text.approveTitle(id)}
      closeButtonProps={{ "aria-label": general.close }}
      returnFocus
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void cast();
        }}
      >
        <Stack>
          {meanwhile === undefined ? (
            <Text size="sm">{rejecting ? text.rejectText : text.approveText(order.name, environment.name)}</Text>
          ) : (
            <MeanwhileNotice meanwhile={meanwhile} />
          )}
          {vote.error !== null && meanwhile === undefined && <ProblemAlert error={vote.error} />}
          {!over && (
            <>
              <Whose subject={subject} value={whose} onChange={setWhose} />
              <Textarea
                label={rejecting ? text.reason : text.comment}
                description={rejecting ? text.reasonHint : text.commentHint}
                required={rejecting}
                error={tried && missing ? text.reasonNeeded : undefined}
                value={reason}
                maxLength={2000}
                autosize
                minRows={2}
                maxRows={6}
                data-autofocus={rejecting || undefined}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </>
          )}
          <Group wrap="nowrap" justify={over ? "flex-end" : "space-between"} className={classes.dialogButtons}>
            <Button variant="default" className={classes.button} onClick={onClose}>
              {over ? general.close : general.cancel}
            </Button>
            {!over && (
              <Button
                type="submit"
                className={classes.button}
                {...(rejecting && { color: "red" })}
                loading={vote.isPending}
                data-autofocus={!rejecting || undefined}
              >
                {rejecting ? text.rejectButton(id) : meanwhile === undefined ? text.approveButton(id) : text.again(id)}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What a vote has brought about. */
function saidOf(
  decision: Decision,
  { id, state }: RequestDetail,
  text: ReturnType<typeof useText>["approvals"]["decide"],
): string {
  if (decision === "reject") return text.rejected(id);
  return state === "waiting" ? text.approvedOne(id) : text.approved(id);
}

interface WhoseProps {
  readonly subject: Subject;
  /** Id of the account for which the vote is; null: the own. */
  readonly value: number | null;
  readonly onChange: (id: number | null) => void;
}

/** For whom the vote is, where that is not plain. */
function Whose({ subject: { mayVote, mayVoteFor }, value, onChange }: WhoseProps) {
  const text = useText().approvals.decide;
  const [only] = mayVoteFor;
  if (only === undefined) return null;
  if (!mayVote && mayVoteFor.length === 1)
    return (
      <Alert color="yellow" variant="light">
        {text.onlyFor(personName(only))}
      </Alert>
    );
  return (
    <Radio.Group
      label={text.whose}
      value={value === null ? "" : String(value)}
      onChange={(chosen) => onChange(chosen === "" ? null : Number(chosen))}
    >
      <Stack gap="xs" mt={6}>
        {mayVote && <Radio value="" label={text.mine} />}
        {mayVoteFor.map((person) => (
          <Radio key={person.id} value={String(person.id)} label={text.onBehalfOf(personName(person))} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
