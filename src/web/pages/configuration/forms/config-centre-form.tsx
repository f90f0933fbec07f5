import { PasswordInput, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import type { ConfigCentre } from "../../../../contract/definitions.ts";
import { Row, Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { HostKeyField } from "./host-key-field.tsx";
import { SecretField } from "./secret-field.tsx";
import classes from "./forms.module.css";

/** The fields of a config centre; those of SSH only where it is reached by SSH. */
export function ConfigCentreForm(props: FormProps<ConfigCentre>) {
  const { configuration, configCentres: text } = useText();
  const { fields, editor } = configuration;
  const { data, set, at } = props;
  const bind = bindings(props);
  return (
    <>
      <Section title={editor.details}>
        <TextInput label={fields.name} required {...bind.text("name")} />
        <Textarea label={fields.description} autosize {...bind.text("description")} />
        <Radio.Group
          label={text.connection}
          value={data.connection}
          onChange={(connection) => set("connection", connection)}
          error={at("connection")}
        >
          <Stack gap="xs" mt={4} mb={6}>
            {(["local", "ssh"] as const).map((connection) => (
              <Radio
                key={connection}
                value={connection}
                label={text.connections[connection]}
                description={text.connectionHelp[connection]}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
      {data.connection === "ssh" && (
        <Section title={text.signIn}>
          <div className={classes.address}>
            <TextInput
              label={text.address}
              description={text.addressHelp}
              required
              spellCheck={false}
              {...bind.text("address")}
            />
            <WholeNumber
              label={text.port}

              min={1}
              max={65_535}
              hideControls
              {...bind.number("port")}
            />
          </div>
          <TextInput label={text.user} description={text.userHelp} autoComplete="off" {...bind.text("user")} />
          <SecretField label={text.privateKey} value={data.privateKey} onChange={(value) => set("privateKey", value)}>
            <Textarea
              label={text.privateKey}
              description={text.privateKeyHelp}
              placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
              autosize
              minRows={3}
              maxRows={12}
              spellCheck={false}
              autoComplete="off"
              classNames={{ input: classes.code ?? "" }}
              {...bind.text("privateKey")}
            />
          </SecretField>
          <SecretField label={text.password} value={data.password} onChange={(value) => set("password", value)}>
            <PasswordInput
              label={text.password}
              description={text.passwordHelp}
              autoComplete="new-password"
              {...bind.text("password")}
            />
          </SecretField>
          <HostKeyField value={data.hostKey} onChange={(value) => set("hostKey", value)} error={at("hostKey")} />
        </Section>
      )}
      <Section title={text.gantry}>
        <Row>
          <TextInput
            label={text.gantryHome}
            description={text.gantryHomeHelp}
            spellCheck={false}
            {...bind.text("gantryHome")}
          />
          <TextInput
            label={text.inventory}
            description={text.inventoryHelp}
            spellCheck={false}
            {...bind.text("inventory")}
          />
        </Row>
      </Section>
    </>
  );
}
