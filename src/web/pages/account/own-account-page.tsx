import { Button, Text } from "@mantine/core";
import { useAccount } from "../../api/session.ts";
import { Link } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { Part } from "../../components/part.tsx";
import { roleName } from "../../components/role-name.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./account.module.css";
import { EmailPart } from "./email-part.tsx";
import { SessionsPart } from "./sessions-part.tsx";
import { TokensPart } from "./tokens-part.tsx";
import { TotpPart } from "./totp-part.tsx";

/** What whoever is signed in can see and change of the own account. */
export function OwnAccountPage() {
  const text = useText().account;
  return (
    <Page title={text.title}>
      <div className={classes.page}>
        <AboutPart />
        <PasswordPart />
        <TotpPart />
        <EmailPart />
        <SessionsPart />
        <TokensPart />
      </div>
    </Page>
  );
}

function AboutPart() {
  const catalogue = useText();
  const text = catalogue.account.about;
  const { name, displayName, email, role, method, permissions } = useAccount();
  const facts = [
    [text.name, name],
    ...(displayName === "" ? [] : [[text.displayName, displayName]]),
    [text.email, email === "" ? text.noEmail : email],
    [text.role, roleName(role, catalogue)],
    [text.everything, permissions.map((permission) => catalogue.roles.permissions[permission].name).join(" · ")],
    [text.method, method === null ? text.ownPassword : text.byMethod(method)],
  ];
  return (
    <Part title={text.title} help={text.help}>
      <dl className={classes.facts}>
        {facts.map(([term, value]) => (
          <div key={term} className={classes.fact}>
            <dt>{term}</dt>
            <dd>{value === "" ? "–" : value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function PasswordPart() {
  const text = useText().account.password;
  const { method } = useAccount();
  if (method !== null)
    return (
      <Part title={text.title}>
        <Text>{text.elsewhere(method)}</Text>
      </Part>
    );
  return (
    <Part
      title={text.title}
      help={text.help}
      action={
        <Button component={Link} href={paths.changePassword(paths.ownAccount())} size="xs" variant="default">
          {text.change}
        </Button>
      }
    />
  );
}
