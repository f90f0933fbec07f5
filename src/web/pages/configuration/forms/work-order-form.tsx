import { MultiSelect, Radio, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import type { WorkOrder } from "../../../../contract/definitions.ts";
import { useAnswer } from "../../../api/api.tsx";
import { Row, Section } from "../../../components/section.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import { DefinitionSelect } from "../definition-select.tsx";
import { bindings, type FormProps } from "../draft.ts";
import { CategorySelect } from "../placement.tsx";
import { BuiltInFields } from "./built-in-fields.tsx";
import classes from "./forms.module.css";
import { OrderNotifications } from "./order-notifications.tsx";

const MEBIBYTE = 2 ** 20;

/** The fields of a work order. */
export function WorkOrderForm(props: FormProps<WorkOrder>) {
  const { configuration, workOrders: text } = useText();
  const { fields, editor } = configuration;
  const { data, set, at } = props;
  const bind = bindings(props);
  const command = { autosize: true, spellCheck: false, classNames: { input: classes.code ?? "" } } as const;
  return (
    <>
      <Section title={editor.details}>
        <TextInput label={fields.name} description={fields.nameHelp} required {...bind.text("name")} />
        <Row>
          <DefinitionSelect
            kind="environment"
            label={fields.environment}
            description={configuration.kinds.environment.about}
            required
            value={data.environment}
            onChange={(id) => id !== null && set("environment", id)}
            error={at("environment")}
          />
          <CategorySelect value={data.category} onChange={(id) => set("category", id)} error={at("category")} />
        </Row>
        <Textarea
          label={text.description}
          description={text.descriptionHelp}
          autosize
          maxRows={16}
          {...bind.text("description")}
        />
        <div className={classes.switches}>
          <Switch label={text.active} description={text.activeHelp} {...bind.check("active")} />
          <Switch label={text.template} description={text.templateHelp} {...bind.check("template")} />
        </div>
      </Section>
      <Section title={text.who}>
        <Row>
          <Submitters {...props} />
          <DefinitionSelect
            kind="config_centre"
            label={text.configCentre}
            description={text.configCentreHelp}
            required
            value={data.configCentre}
            onChange={(id) => id !== null && set("configCentre", id)}
            error={at("configCentre")}
          />
        </Row>
      </Section>
      <Section title={text.form}>
        <DefinitionSelect
          kind="variable_group"
          label={text.variableGroup}
          description={text.variableGroupHelp}
          placeholder={text.noGroup}
          clearable
          value={data.variableGroup}
          onChange={(id) => set("variableGroup", id)}
          error={at("variableGroup")}
        />
        <BuiltInFields value={data.builtIn} onChange={(builtIn) => set("builtIn", builtIn)} error={at("builtIn")} />
      </Section>
      <Section title={text.tasks} help={text.tasksHelp}>
        <Textarea label={text.preTask} description={text.preTaskHelp} {...command} {...bind.text("preTask")} />
        <Textarea label={text.mainTask} required minRows={3} {...command} {...bind.text("mainTask")} />
        <Textarea label={text.postTask} description={text.postTaskHelp} {...command} {...bind.text("postTask")} />
      </Section>
      <Approval {...props} />
      <Running {...props} />
      <OrderNotifications {...props} />
    </>
  );
}

function Submitters({ data, set, at }: FormProps<WorkOrder>) {
  const text = useText().workOrders;
  const groups = useAnswer("GET /user-groups", {});
  return (
    <MultiSelect
      label={text.submitters}
      description={text.submittersHelp}
      searchable
      clearable
      data={(groups.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
      value={data.submitters.map(String)}
      onChange={(ids) => set("submitters", ids.map(Number))}
      error={at("submitters")}
    />
  );
}

/** Who has to approve requests of the order, and what happens before and after that. */
function Approval(props: FormProps<WorkOrder>) {
  const text = useText().workOrders;
  const { data, set, at } = props;
  const bind = bindings(props);
  return (
    <Section title={text.approval}>
      <DefinitionSelect
        kind="approval_flow"
        label={text.approvalFlow}
        description={text.approvalFlowHelp}
        placeholder={text.noApproval}
        clearable
        value={data.approvalFlow}
        onChange={(id) => set("approvalFlow", id)}
        error={at("approvalFlow")}
      />
      {data.approvalFlow !== null && (
        <div className={classes.switches}>
          <Switch label={text.runOnApproval} description={text.runOnApprovalHelp} {...bind.check("runOnApproval")} />
          <Switch
            label={text.preTaskBeforeApproval}
            description={text.preTaskBeforeApprovalHelp}
            {...bind.check("preTaskBeforeApproval")}
          />
        </div>
      )}
    </Section>
  );
}

/** How requests of the order run. */
function Running(props: FormProps<WorkOrder>) {
  const text = useText().workOrders;
  const { data, set, at } = props;
  const bind = bindings(props);
  return (
    <Section title={text.running}>
      <div className={classes.switches}>
        <Switch label={text.schedulable} description={text.schedulableHelp} {...bind.check("schedulable")} />
        <Switch label={text.background} description={text.backgroundHelp} {...bind.check("background")} />
      </div>
      <Radio.Group label={text.lock} value={data.lock} onChange={(lock) => set("lock", lock)} error={at("lock")}>
        <Stack gap="xs" mt={4} mb={6}>
          {(Object.keys(text.locks) as WorkOrder["lock"][]).map((lock) => (
            <Radio key={lock} value={lock} label={text.locks[lock].name} description={text.locks[lock].help} />
          ))}
        </Stack>
      </Radio.Group>
      <Row>
        <WholeNumber
          label={text.timeout}
          suffix={` ${text.seconds}`}
          description={text.timeoutHelp}
          min={1}
          max={604_800}
          {...bind.optionalNumber("timeout")}
        />
        <WholeNumber
          label={text.stopGrace}
          suffix={` ${text.seconds}`}
          description={text.stopGraceHelp}
          min={0}
          max={3600}
          {...bind.number("stopGrace")}
        />
        <WholeNumber
          label={text.logLimit}
          suffix={` ${text.mebibytes}`}
          description={text.logLimitHelp}
          min={1}
          max={100 * 1024}
          value={Math.max(1, Math.round(data.logLimit / MEBIBYTE))}
          onChange={(mebibytes) => mebibytes !== null && set("logLimit", mebibytes * MEBIBYTE)}
          error={at("logLimit")}
        />
      </Row>
    </Section>
  );
}
