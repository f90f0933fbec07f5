import { Alert, Stack, Text, TextInput } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import { type ReactNode, useState } from "react";
import type { MethodReport, SignInMethod } from "../../../../contract/sign-in-method.ts";
import { useAnswer, useChange } from "../../../api/api.tsx";
import { CopyText } from "../../../components/copy-text.tsx";
import { milliseconds } from "../../../locales/format.ts";
import { useText } from "../../../locales/language.tsx";
import classes from "../configuration.module.css";
import { sameJson } from "../draft.ts";
import { VerifyPanel } from "./verify-panel.tsx";
import { VerifyProblem } from "./verify-problem.tsx";

interface VerifySignInMethodProps {
  readonly id: number | null;
  readonly data: SignInMethod;
}

/** Asks the provider or the directory, and says what would come of somebody's sign-in. */
export function VerifySignInMethod({ id, data }: VerifySignInMethodProps) {
  const text = useText().signInMethods;
  const verify = useChange("POST /sign-in-methods/verify");
  const [name, setName] = useState("");
  const body = { id, data: { ...data }, name: data.kind === "ldap" ? name : "" };
  const report = verify.data;
  return (
    <VerifyPanel
      busy={verify.isPending}
      tried={report !== undefined || verify.error !== null}
      old={!sameJson(verify.variables?.body, body)}
      onVerify={() => verify.mutate({ body })}
      inputs={
        data.kind === "ldap" && (
          <TextInput
            label={text.verify.person}
            description={text.verify.personHelp}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )
      }
    >
      {verify.error !== null && <VerifyProblem error={verify.error} />}
      {report !== undefined && (
        <Stack gap="sm">
          <Verdict report={report} />
          {report.unencrypted && (
            <Alert color="yellow" icon={<IconAlertTriangle />}>
              {text.verify.unencrypted}
            </Alert>
          )}
          <Facts report={report} kind={verify.variables?.body.data["kind"] === "oidc" ? "oidc" : "ldap"} />
        </Stack>
      )}
    </VerifyPanel>
  );
}

function Verdict({ report: { problem, authorizationEndpoint } }: { readonly report: MethodReport }) {
  const text = useText().signInMethods.verify;
  if (problem === null)
    return (
      <Alert color="green" icon={<IconCheck />} title={authorizationEndpoint === null ? text.okLdap : text.okOidc} />
    );
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={text.notOk}>
      {text.problems[problem.reason]}
      {problem.detail !== "" && (
        <Text size="xs" mt={4} style={{ overflowWrap: "anywhere" }}>
          {problem.detail}
        </Text>
      )}
    </Alert>
  );
}

function Facts({ report, kind }: { readonly report: MethodReport; readonly kind: SignInMethod["kind"] }) {
  const { configuration, signInMethods: text } = useText();
  const { redirectUri, authorizationEndpoint, person } = report;
  return (
    <dl className={classes.facts}>
      {kind === "oidc" && (
        <Fact name={text.redirectUri}>
          {redirectUri === null ? (
            text.redirectUriLater
          ) : (
            <>
              <code>{redirectUri}</code> <CopyText value={redirectUri} what={text.redirectUri} />
              <Text size="xs" c="dimmed">
                {text.redirectUriHelp}
              </Text>
            </>
          )}
        </Fact>
      )}
      {authorizationEndpoint !== null && <Fact name={text.verify.authorizationEndpoint}>{authorizationEndpoint}</Fact>}
      {person !== null && <Person person={person} />}
      <Fact name={configuration.verify.took}>{milliseconds(report.milliseconds)}</Fact>
    </dl>
  );
}

function Person({ person }: { readonly person: NonNullable<MethodReport["person"]> }) {
  const { signInMethods, signIn } = useText();
  const text = signInMethods.verify;
  const known = useAnswer("GET /user-groups", {}, { staleTime: 60_000 }).data?.items;
  const userGroups = person.userGroups.map((id) => known?.find((group) => group.id === id)?.name ?? String(id));
  const { outcome } = person;
  return (
    <>
      <Fact name={text.dn}>{person.dn}</Fact>
      <Fact name={text.subject}>{person.subject}</Fact>
      <Fact name={text.name}>{person.name}</Fact>
      <Fact name={text.displayName}>{person.displayName}</Fact>
      <Fact name={text.email}>{person.email}</Fact>
      <Fact name={text.groups}>{listed(person.groups, text.none)}</Fact>
      <Fact name={text.userGroups}>{listed(userGroups, text.none)}</Fact>
      <Fact name={text.outcome}>
        {outcome === "known" ? text.known : outcome === "made" ? text.made : text.refused(signIn.problems[outcome])}
      </Fact>
    </>
  );
}

function listed(names: readonly string[], none: string) {
  return names.length === 0 ? none : names.map((name) => <div key={name}>{name}</div>);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
