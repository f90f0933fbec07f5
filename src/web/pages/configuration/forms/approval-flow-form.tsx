import { Switch, Textarea, TextInput } from "@mantine/core";
import type { ApprovalFlow } from "../../../../contract/approval-flow.ts";
import { Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { ApprovalLevels } from "./approval-levels.tsx";
import classes from "./forms.module.css";

/** The fields of an approval flow. */
export function ApprovalFlowForm(props: FormProps<ApprovalFlow>) {
  const { configuration, approvalFlows: text } = useText();
  const { fields, editor } = configuration;
  const bind = bindings(props);
  return (
    <>
      <Section title={editor.details}>
        <TextInput label={fields.name} required {...bind.text("name")} />
        <Textarea label={fields.description} autosize {...bind.text("description")} />
      </Section>
      <Section title={text.levels} help={text.levelsHelp}>
        <ApprovalLevels {...props} />
      </Section>
      <Section title={text.rules}>
        <div className={classes.switches}>
          <Switch label={text.selfApproval} description={text.selfApprovalHelp} {...bind.check("selfApproval")} />
          <Switch label={text.distinctPeople} description={text.distinctPeopleHelp} {...bind.check("distinctPeople")} />
        </div>
        <WholeNumber
          label={text.expiryHours}
          suffix={` ${text.hours}`}
          description={text.expiryHelp}
          min={1}
          max={8760}
          {...bind.optionalNumber("expiryHours")}
        />
      </Section>
    </>
  );
}
