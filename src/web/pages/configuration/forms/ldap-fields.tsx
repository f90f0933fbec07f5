import { Checkbox, PasswordInput, Textarea, TextInput } from "@mantine/core";
import type { SignInMethod } from "../../../../contract/sign-in-method.ts";
import { Row, Section } from "../../../components/section.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import classes from "./forms.module.css";
import { SecretField } from "./secret-field.tsx";

const PLAIN = { spellCheck: false, autoComplete: "off" } as const;

/** How a directory is reached, and where people and groups stand in it. */
export function LdapFields(props: FormProps<SignInMethod>) {
  return (
    <>
      <DirectoryFields {...props} />
      <PeopleFields {...props} />
    </>
  );
}

function DirectoryFields(props: FormProps<SignInMethod>) {
  const text = useText().signInMethods;
  const bind = bindings(props);
  const { data, set } = props;
  return (
    <Section title={text.directory}>
      <TextInput
        label={text.url}
        description={text.urlHelp}
        placeholder="ldaps://ldap.example.org"
        required
        {...PLAIN}
        {...bind.text("url")}
      />
      <Checkbox label={text.startTls} description={text.startTlsHelp} {...bind.check("startTls")} />
      <Textarea
        label={text.ca}
        description={text.caHelp}
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={10}
        classNames={{ input: classes.code ?? "" }}
        {...PLAIN}
        {...bind.text("ca")}
      />
      <TextInput label={text.bindDn} description={text.bindDnHelp} {...PLAIN} {...bind.text("bindDn")} />
      <SecretField label={text.bindPassword} value={data.bindPassword} onChange={(value) => set("bindPassword", value)}>
        <PasswordInput
          label={text.bindPassword}
          description={text.bindPasswordHelp}
          autoComplete="new-password"
          {...bind.text("bindPassword")}
        />
      </SecretField>
    </Section>
  );
}

function PeopleFields(props: FormProps<SignInMethod>) {
  const text = useText().signInMethods;
  const bind = bindings(props);
  return (
    <Section title={text.people}>
      <TextInput label={text.userBase} description={text.userBaseHelp} required {...PLAIN} {...bind.text("userBase")} />
      <TextInput
        label={text.userFilter}
        description={text.userFilterHelp}
        required
        {...PLAIN}
        {...bind.text("userFilter")}
      />
      <TextInput
        label={text.subjectAttribute}
        description={text.subjectAttributeHelp}
        required
        {...PLAIN}
        {...bind.text("subjectAttribute")}
      />
      <Row>
        <TextInput label={text.nameAttribute} required {...PLAIN} {...bind.text("nameAttribute")} />
        <TextInput label={text.displayNameAttribute} {...PLAIN} {...bind.text("displayNameAttribute")} />
      </Row>
      <TextInput label={text.emailAttribute} {...PLAIN} {...bind.text("emailAttribute")} />
      <TextInput
        label={text.groupAttribute}
        description={text.groupAttributeHelp}
        {...PLAIN}
        {...bind.text("groupAttribute")}
      />
      <Row>
        <TextInput label={text.groupBase} description={text.groupBaseHelp} {...PLAIN} {...bind.text("groupBase")} />
        <TextInput
          label={text.groupFilter}
          description={text.groupFilterHelp}
          {...PLAIN}
          {...bind.text("groupFilter")}
        />
      </Row>
    </Section>
  );
}
