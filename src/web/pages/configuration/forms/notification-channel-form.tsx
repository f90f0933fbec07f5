import { PasswordInput, Radio, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { CHANNEL_KINDS, type NotificationChannel } from "../../../../contract/notification-channel.ts";
import { LinesInput } from "../../../components/lines-input.tsx";
import { Row, Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { LANGUAGES } from "../../../locales/catalogue.ts";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { SecretField } from "./secret-field.tsx";

/** Services that sign, or check a signature. */
const SIGNED: readonly NotificationChannel["kind"][] = ["dingtalk", "feishu", "webhook"];

/** The fields of a notification channel; those of its kind only. */
export function NotificationChannelForm(props: FormProps<NotificationChannel>) {
  const { configuration, notificationChannels: text } = useText();
  const { data, set, at } = props;
  const bind = bindings(props);
  return (
    <>
      <Section title={configuration.editor.details}>
        <TextInput label={configuration.fields.name} required {...bind.text("name")} />
        <Textarea label={configuration.fields.description} autosize maxRows={8} {...bind.text("description")} />
        <Select
          label={text.language}
          allowDeselect={false}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={data.language}
          onChange={(language) => set("language", language === "zh" ? "zh" : "en")}
        />
        <Switch label={text.active} description={text.activeHelp} {...bind.check("active")} />
      </Section>
      <Section title={text.server}>
        <Radio.Group
          label={text.kind}
          value={data.kind}
          onChange={(kind) => set("kind", CHANNEL_KINDS.find((known) => known === kind) ?? "webhook")}
          error={at("kind")}
        >
          <Stack gap="xs" mt={4} mb={6}>
            {CHANNEL_KINDS.map((kind) => (
              <Radio key={kind} value={kind} label={text.kinds[kind]} />
            ))}
          </Stack>
        </Radio.Group>
        {data.kind === "email" ? <MailFields {...props} /> : <WebhookFields {...props} />}
      </Section>
    </>
  );
}

function WebhookFields(props: FormProps<NotificationChannel>) {
  const text = useText().notificationChannels;
  const { data, set } = props;
  const bind = bindings(props);
  return (
    <>
      <SecretField label={text.url} value={data.url} onChange={(url) => set("url", url)}>
        <TextInput
          label={text.url}
          description={text.urlHelp}
          required
          type="url"
          autoComplete="off"
          spellCheck={false}
          {...bind.text("url")}
        />
      </SecretField>
      {SIGNED.includes(data.kind) && (
        <SecretField label={text.secret} value={data.secret} onChange={(secret) => set("secret", secret)}>
          <PasswordInput
            label={text.secret}
            description={text.secretHelp[data.kind]}
            autoComplete="new-password"
            {...bind.text("secret")}
          />
        </SecretField>
      )}
    </>
  );
}

function MailFields(props: FormProps<NotificationChannel>) {
  const text = useText().notificationChannels;
  const { data, set, at } = props;
  const bind = bindings(props);
  const wrong = data.to.map((_address, place) => at(`to.${place}`)).find((problem) => problem !== undefined);
  return (
    <>
      <Row>
        <TextInput label={text.host} required spellCheck={false} {...bind.text("host")} />
        <WholeNumber label={text.port} min={1} max={65_535} {...bind.number("port")} />
      </Row>
      <Select
        label={text.security}
        allowDeselect={false}
        data={(["starttls", "tls", "none"] as const).map((value) => ({ value, label: text.securities[value] }))}
        value={data.security}
        onChange={(security) => set("security", security ?? "starttls")}
      />
      <Row>
        <TextInput label={text.user} autoComplete="off" spellCheck={false} {...bind.text("user")} />
        <SecretField label={text.password} value={data.password} onChange={(password) => set("password", password)}>
          <PasswordInput label={text.password} autoComplete="new-password" {...bind.text("password")} />
        </SecretField>
      </Row>
      <TextInput label={text.from} description={text.fromHelp} required spellCheck={false} {...bind.text("from")} />
      <LinesInput
        label={text.to}
        description={text.toHelp}
        minRows={2}
        value={data.to}
        onChange={(to) => set("to", to)}
        error={wrong ?? at("to")}
      />
    </>
  );
}
