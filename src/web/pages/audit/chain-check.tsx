import { Alert, Button, Text, TextInput } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconLinkOff from "@tabler/icons-react/icons/IconLinkOff";
import IconShieldCheck from "@tabler/icons-react/icons/IconShieldCheck";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditCheck, AuditMark } from "../../../contract/audit.ts";
import { useApi } from "../../api/api.tsx";
import { CopyText } from "../../components/copy-text.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { count, milliseconds } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { markIn } from "./audit-filters.ts";
import classes from "./audit.module.css";

/** A long chain is read whole. */
const DEADLINE = 5 * 60_000;

/** Recomputes the chain of hashes, and says plainly whether it is whole. */
export function ChainCheck() {
  const text = useText().audit.check;
  const { call } = useApi();
  const [noted, setNoted] = useState("");
  const check = useMutation({
    mutationFn: (expected: AuditMark | null) =>
      call("POST /audit/check", { body: { expected } }, { deadline: DEADLINE }),
  });
  const mark = markIn(noted);
  const wrong = noted.trim() !== "" && mark === undefined;
  return (
    <section className={classes.check} aria-label={text.title}>
      <form
        className={classes.checkForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong) check.mutate(mark ?? null);
        }}
      >
        <Button type="submit" variant="default" loading={check.isPending}>
          {text.start}
        </Button>
        <TextInput
          className={classes.noted}
          label={text.noted}
          description={text.notedHelp}
          placeholder={text.notedPlaceholder}
          error={wrong ? text.notedWrong : undefined}
          value={noted}
          onChange={(event) => setNoted(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
        />
      </form>
      {check.error !== null && <ProblemAlert error={check.error} />}
      <div role="status">
        {check.data !== undefined && <CheckResult check={check.data} noted={check.variables ?? null} />}
      </div>
    </section>
  );
}

function CheckResult({ check, noted }: { readonly check: AuditCheck; readonly noted: AuditMark | null }) {
  const { language, text: catalogue } = useLanguage();
  const text = catalogue.audit.check;
  const { ok, checked, head, broken, milliseconds: took } = check;
  const events = text.events(checked, count(checked, language));
  if (!ok && broken !== null) {
    const { seq, what, detail } = broken;
    return (
      <Alert color="red" icon={<IconLinkOff />} title={text.brokenAt(count(seq, language))}>
        {/* A newer server may know breaks that this page does not. */}
        <Text>{text.breaks[what] ?? what}</Text>
        <Text c="dimmed" className={classes.value}>
          {detail}
        </Text>
        <Text mt="xs">{text.before(events)}</Text>
        <Text mt="xs">{text.brokenText}</Text>
      </Alert>
    );
  }
  if (!ok) return <Alert color="red" icon={<IconAlertTriangle />} title={text.brokenSomewhere} />;
  if (head.seq === 0) return <Alert color="gray" title={text.nothing} />;
  return (
    <Alert color="green" icon={<IconShieldCheck />} title={text.whole(events)}>
      {noted !== null && <Text>{text.held(count(noted.seq, language))}</Text>}
      <Text>{text.wholeText}</Text>
      <p className={classes.head}>
        <code>
          {head.seq} {head.hash}
        </code>
        <CopyText value={`${head.seq} ${head.hash}`} what={text.head} />
      </p>
      <Text c="dimmed">{text.took(milliseconds(took))}</Text>
    </Alert>
  );
}
