import { Button, Group, Modal, Radio, Select, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { RULE_PERMISSIONS, type RulePermission } from "../../../../contract/states.ts";
import { useAnswer, useChange } from "../../../api/api.tsx";
import { useFieldProblems } from "../../../components/field-problems.ts";
import { showNotice } from "../../../components/notices.tsx";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { Row } from "../../../components/section.tsx";
import { useText } from "../../../locales/language.tsx";
import { DefinitionSelect } from "../../configuration/definition-select.tsx";
import classes from "../administration.module.css";
import { ruleSentence } from "./rule-words.ts";

interface ObjectRuleDialogProps {
  /** The group that it is for, where that is known. */
  readonly group: number | null;
  readonly onClose: () => void;
}

const FIELDS = ["userGroup", "permission", "environment", "category"] as const;

/** Makes an object rule, and shows the sentence that it will be. */
export function ObjectRuleDialog({ group, onClose }: ObjectRuleDialogProps) {
  const { general, roles } = useText();
  const text = roles.rules;
  const groups = useAnswer("GET /user-groups", {});
  const create = useChange("POST /object-rules", ["GET /object-rules", "GET /session"]);
  const problems = useFieldProblems(create.error);
  const [userGroup, setUserGroup] = useState(group);
  const [permission, setPermission] = useState<RulePermission>("submit");
  const [environment, setEnvironment] = useState<number | null>(null);
  const [category, setCategory] = useState<number | null>(null);
  const [tried, setTried] = useState(false);
  const unplaced = environment === null && category === null;
  const atField = FIELDS.some((field) => problems.at(field) !== undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (userGroup === null || unplaced) return;
    create.mutate(
      { body: { userGroup, permission, environment, category } },
      {
        onSuccess: () => {
          showNotice({ message: text.added, tone: "good" });
          onClose();
        },
      },
    );
  };
  const needsPlace = tried && unplaced ? text.needPlace : undefined;
  return (
    <Modal opened size="lg" onClose={onClose} title={text.create} closeButtonProps={{ "aria-label": general.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {create.error !== null && !atField && <ProblemAlert error={create.error} />}
          <Select
            data-autofocus
            label={text.group}
            required
            searchable
            data={(groups.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={userGroup === null ? null : String(userGroup)}
            onChange={(next) => setUserGroup(next === null ? null : Number(next))}
            error={tried && userGroup === null ? text.needGroup : problems.at("userGroup")}
          />
          <Radio.Group
            label={text.may}
            value={permission}
            onChange={(next) => setPermission(next)}
            error={problems.at("permission")}
          >
            <Stack gap="xs" mt={4}>
              {RULE_PERMISSIONS.map((each) => (
                <Radio key={each} value={each} label={text.verbs[each]} description={text.helps[each]} />
              ))}
            </Stack>
          </Radio.Group>
          <Row>
            <DefinitionSelect
              kind="environment"
              label={text.environment}
              placeholder={text.any}
              clearable
              value={environment}
              onChange={setEnvironment}
              error={needsPlace ?? problems.at("environment")}
            />
            <DefinitionSelect
              kind="category"
              label={text.category}
              placeholder={text.any}
              clearable
              value={category}
              onChange={setCategory}
              error={needsPlace === undefined ? problems.at("category") : true}
            />
          </Row>
          {userGroup !== null && !unplaced && <Sentence {...{ userGroup, permission, environment, category }} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {text.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface SentenceProps {
  readonly userGroup: number;
  readonly permission: RulePermission;
  readonly environment: number | null;
  readonly category: number | null;
}

function Sentence({ userGroup, permission, environment, category }: SentenceProps) {
  const catalogue = useText();
  const groups = useAnswer("GET /user-groups", {});
  const environments = useAnswer("GET /definitions/:kind", { params: { kind: "environment" } });
  const categories = useAnswer("GET /definitions/:kind", { params: { kind: "category" } });
  const named = (items: readonly { readonly id: number; readonly name: string }[] | undefined, id: number | null) =>
    id === null ? null : (items?.find((item) => item.id === id) ?? { id, name: String(id) });
  const rule = {
    userGroup: named(groups.data?.items, userGroup) ?? { id: userGroup, name: "" },
    permission,
    environment: named(environments.data?.items, environment),
    category: named(categories.data?.items, category),
  };
  return (
    <div className={classes.sentence} role="status">
      <Text size="xs" c="dimmed">
        {catalogue.roles.rules.preview}
      </Text>
      <Text>{ruleSentence(rule, catalogue)}</Text>
    </div>
  );
}
