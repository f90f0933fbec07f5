import { Checkbox, Radio, Stack, TextInput } from "@mantine/core";
import type { SignInMethod } from "../../../../contract/sign-in-method.ts";
import { Section } from "../../../components/section.tsx";
import { useText } from "../../../locales/language.tsx";
import { RoleSelect } from "../../administration/role-select.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { GroupMapping } from "./group-mapping.tsx";
import { LdapFields } from "./ldap-fields.tsx";
import { OidcFields } from "./oidc-fields.tsx";

/** The fields of a sign-in method; those of a provider or a directory only for that kind. */
export function SignInMethodForm(props: FormProps<SignInMethod>) {
  const { configuration, signInMethods: text } = useText();
  const { data, set, at } = props;
  const bind = bindings(props);
  return (
    <>
      <Section title={configuration.editor.details}>
        <TextInput label={configuration.fields.name} required {...bind.text("name")} />
        <Radio.Group
          label={text.kind}
          value={data.kind}
          onChange={(kind) => set("kind", kind === "ldap" ? "ldap" : "oidc")}
          error={at("kind")}
        >
          <Stack gap="xs" mt={4} mb={6}>
            {(["oidc", "ldap"] as const).map((kind) => (
              <Radio key={kind} value={kind} label={text.kinds[kind]} description={text.kindHelp[kind]} />
            ))}
          </Stack>
        </Radio.Group>
        <Checkbox label={text.active} description={text.activeHelp} {...bind.check("active")} />
      </Section>
      {data.kind === "oidc" ? <OidcFields {...props} /> : <LdapFields {...props} />}
      <Section title={text.accounts}>
        <Checkbox label={text.createAccounts} description={text.createAccountsHelp} {...bind.check("createAccounts")} />
        <RoleSelect
          label={text.role}
          value={data.role}
          onChange={(role) => set("role", role)}
          disabled={!data.createAccounts}
          error={at("role")}
        />
        <GroupMapping {...props} />
      </Section>
    </>
  );
}
