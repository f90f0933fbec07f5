import { ActionIcon, Button, Text } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useState } from "react";
import type { ObjectRuleItem } from "../../../../contract/people.ts";
import { RULE_PERMISSIONS } from "../../../../contract/states.ts";
import { useAnswer } from "../../../api/api.tsx";
import { Answer } from "../../../components/answer.tsx";
import { Empty } from "../../../components/empty.tsx";
import { Page } from "../../../components/page.tsx";
import { Part } from "../../../components/part.tsx";
import { useText } from "../../../locales/language.tsx";
import { paths } from "../../../paths.ts";
import { AdministrationTabs } from "../administration-tabs.tsx";
import classes from "../administration.module.css";
import { ObjectRuleDelete } from "./object-rule-delete.tsx";
import { ObjectRuleDialog } from "./object-rule-dialog.tsx";
import { ruleSentence, shortRule } from "./rule-words.ts";

type Asked = { readonly create: number | null } | { readonly remove: ObjectRuleItem };

/** What user groups may do in parts: a sentence a rule, by group. */
export function ObjectRulesPage() {
  const { administration, roles } = useText();
  const text = roles.rules;
  const rules = useAnswer("GET /object-rules", {});
  const [asked, setAsked] = useState<Asked | null>(null);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ create: null })}>
      {text.create}
    </Button>
  );
  return (
    <Page
      title={administration.tabs.objectRules}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      primary={create}
    >
      <AdministrationTabs current="objectRules" />
      <Text c="dimmed" maw={900}>
        {text.about}
      </Text>
      <Answer of={rules}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.none} action={create}>
              {text.noneText}
            </Empty>
          ) : (
            <div className={classes.parts}>
              {byGroup(items).map(({ id, name, rules: ofGroup }) => (
                <Part
                  key={id}
                  title={name}
                  action={
                    <ActionIcon
                      variant="subtle"
                      aria-label={`${text.create}: ${name}`}
                      title={text.create}
                      onClick={() => setAsked({ create: id })}
                    >
                      <IconPlus size={16} />
                    </ActionIcon>
                  }
                >
                  <Rules rules={ofGroup} onRemove={(remove) => setAsked({ remove })} />
                </Part>
              ))}
            </div>
          )
        }
      </Answer>
      {asked !== null && "create" in asked && <ObjectRuleDialog group={asked.create} onClose={() => setAsked(null)} />}
      {asked !== null && "remove" in asked && <ObjectRuleDelete rule={asked.remove} onClose={() => setAsked(null)} />}
    </Page>
  );
}

interface RulesProps {
  readonly rules: readonly ObjectRuleItem[];
  readonly onRemove: (rule: ObjectRuleItem) => void;
}

function Rules({ rules, onRemove }: RulesProps) {
  const catalogue = useText();
  return (
    <ul className={classes.rules}>
      {rules.map((rule) => (
        <li key={rule.id}>
          <span>{shortRule(rule, catalogue)}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={catalogue.roles.rules.remove(ruleSentence(rule, catalogue))}
            title={catalogue.general.delete}
            onClick={() => onRemove(rule)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

interface GroupRules {
  readonly id: number;
  readonly name: string;
  readonly rules: readonly ObjectRuleItem[];
}

/** By the name of the group; its rules by what they allow, then where. */
function byGroup(items: readonly ObjectRuleItem[]): readonly GroupRules[] {
  const groups = Map.groupBy(items, ({ userGroup }) => userGroup.id);
  const place = ({ environment, category }: ObjectRuleItem): string => `${environment?.name} ${category?.name}`;
  return [...groups]
    .map(([id, rules]) => ({
      id,
      name: rules[0]?.userGroup.name ?? "",
      rules: rules.toSorted(
        (a, b) =>
          RULE_PERMISSIONS.indexOf(a.permission) - RULE_PERMISSIONS.indexOf(b.permission) ||
          place(a).localeCompare(place(b)),
      ),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
