import { PasswordInput, TextInput } from "@mantine/core";
import type { SignInMethod } from "../../../../contract/sign-in-method.ts";
import { Row, Section } from "../../../components/section.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { SecretField } from "./secret-field.tsx";

/** The provider of OpenID Connect, and which of its claims are used. */
export function OidcFields(props: FormProps<SignInMethod>) {
  const text = useText().signInMethods;
  const bind = bindings(props);
  const { data, set } = props;
  const plain = { spellCheck: false, autoComplete: "off" } as const;
  return (
    <Section title={text.provider}>
      <TextInput
        label={text.issuer}
        description={text.issuerHelp}
        placeholder="https://sso.example.org/realms/main"
        required
        {...plain}
        {...bind.text("issuer")}
      />
      <TextInput label={text.clientId} required {...plain} {...bind.text("clientId")} />
      <SecretField label={text.clientSecret} value={data.clientSecret} onChange={(value) => set("clientSecret", value)}>
        <PasswordInput
          label={text.clientSecret}
          description={text.clientSecretHelp}
          autoComplete="new-password"
          {...bind.text("clientSecret")}
        />
      </SecretField>
      <TextInput label={text.scopes} description={text.scopesHelp} required {...plain} {...bind.text("scopes")} />
      <Row>
        <TextInput
          label={text.nameClaim}
          description={text.nameClaimHelp}
          required
          {...plain}
          {...bind.text("nameClaim")}
        />
        <TextInput
          label={text.groupsClaim}
          description={text.groupsClaimHelp}
          {...plain}
          {...bind.text("groupsClaim")}
        />
      </Row>
    </Section>
  );
}
