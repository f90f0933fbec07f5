import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useAnswer, useChange } from "../../api/api.tsx";
import { personName } from "../../approvals/decision.ts";
import { useFieldProblems } from "../../components/field-problems.ts";
import { localMinute, withOffset } from "../../components/local-time.ts";
import { showNotice } from "../../components/notices.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { Row, Section } from "../../components/section.tsx";
import { useText } from "../../locales/language.tsx";
import classes from "./delegations.module.css";

const DAY = 86_400_000;
const FIELDS = ["delegate", "from", "until", "reason"];

/** Names who decides for whoever is signed in, and how long. */
export function DelegationForm() {
  const text = useText().approvals.delegations;
  const [zone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [delegate, setDelegate] = useState<string | null>(null);
  const [from, setFrom] = useState(() => localMinute(new Date()));
  const [until, setUntil] = useState(() => localMinute(new Date(Date.now() + 7 * DAY)));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const create = useChange("POST /delegations", ["GET /delegations"]);
  const problems = useFieldProblems(create.error);
  const inverted = !(Date.parse(until) > Date.parse(from));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (delegate === null || inverted) return;
    const body = {
      delegate,
      from: withOffset(new Date(from)),
      until: withOffset(new Date(until)),
      reason: reason.trim(),
    };
    create.mutate(
      { body },
      {
        onSuccess: (made) => {
          showNotice({ message: text.added(personName(made.delegate)), tone: "good" });
          setDelegate(null);
          setReason("");
          setTried(false);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Section title={text.add}>
        {create.error !== null &&
          problems.besides(FIELDS).length === 0 &&
          FIELDS.every((each) => !problems.at(each)) && <ProblemAlert error={create.error} />}
        <Row>
          <PersonSelect
            value={delegate}
            onChange={setDelegate}
            error={problems.at("delegate") ?? (tried && delegate === null ? text.chooseSomebody : undefined)}
          />
          <TextInput
            label={text.reason}
            description={text.reasonHint}
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={problems.at("reason")}
          />
        </Row>
        <Row>
          <TextInput
            type="datetime-local"
            label={text.from}
            required
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={problems.at("from")}
          />
          <TextInput
            type="datetime-local"
            label={text.until}
            required
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
            error={problems.at("until") ?? (inverted ? text.endsBefore : undefined)}
          />
        </Row>
        <p className={classes.about}>{text.zone(zone)}</p>
        <div>
          <Button type="submit" loading={create.isPending}>
            {text.add}
          </Button>
        </div>
      </Section>
    </form>
  );
}

interface PersonSelectProps {
  /** Name of an account. */
  readonly value: string | null;
  readonly onChange: (name: string | null) => void;
  readonly error: string | undefined;
}

/** Chooses one of those who could decide; the server is asked for a name that is typed. */
function PersonSelect({ value, onChange, error }: PersonSelectProps) {
  const text = useText().approvals.delegations;
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed, 250);
  const { data } = useAnswer(
    "GET /delegations/people",
    { query: { text: asked } },
    { placeholderData: keepPreviousData },
  );
  const people = (data?.items ?? []).map((person) => ({
    value: person.name,
    label: person.displayName === "" ? person.name : `${person.displayName} (${person.name})`,
  }));
  const known = value === null || people.some((person) => person.value === value);
  return (
    <Select
      label={text.delegate}
      description={text.delegateHint}
      required
      searchable
      clearable
      nothingFoundMessage={text.nobody}
      data={known ? people : [...people, { value, label: value }]}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={(search) => setTyped(people.some(({ label }) => label === search) ? "" : search)}
      error={error}
    />
  );
}
