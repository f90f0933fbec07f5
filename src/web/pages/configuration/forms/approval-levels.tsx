import { ActionIcon, Button, Input, Select, TextInput, VisuallyHidden } from "@mantine/core";
import IconArrowDown from "@tabler/icons-react/icons/IconArrowDown";
import IconArrowUp from "@tabler/icons-react/icons/IconArrowUp";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconX from "@tabler/icons-react/icons/IconX";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { UserGroup } from "../../../../contract/accounts.ts";
import type { ApprovalFlow } from "../../../../contract/approval-flow.ts";
import { useAnswer } from "../../../api/api.tsx";
import { WholeNumber } from "../../../components/whole-number.tsx";
import { useText } from "../../../locales/language.tsx";
import type { FormProps } from "../draft.ts";
import classes from "./forms.module.css";

type Level = ApprovalFlow["levels"][number];

const MOST_LEVELS = 10;

/** The levels of an approval flow in their order: who is asked, and how many have to approve. */
export function ApprovalLevels({ data: { levels }, set, at }: FormProps<ApprovalFlow>) {
  const text = useText().approvalFlows;
  const groups = useAnswer("GET /user-groups", {}).data?.items;
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ readonly place: number; readonly by: number } | null>(null);

  // The focus goes along with the level that was moved, or stays on its other button at an end.
  useEffect(() => {
    if (moved.current === null) return;
    const { place, by } = moved.current;
    const buttons = list.current?.children[place]?.querySelectorAll<HTMLButtonElement>("button[data-by]");
    const usable = [...(buttons ?? [])].filter(({ disabled }) => !disabled);
    (usable.find(({ dataset }) => dataset["by"] === `${by}`) ?? usable[0])?.focus();
    moved.current = null;
  });

  const change = (place: number, part: Partial<Level>): void =>
    set(
      "levels",
      levels.map((level, index) => (index === place ? { ...level, ...part } : level)),
    );
  const move = (place: number, by: number): void => {
    const level = levels[place];
    const target = place + by;
    if (level === undefined) return;
    moved.current = { place: target, by };
    set("levels", levels.toSpliced(place, 1).toSpliced(target, 0, level));
    setSaid(text.moved(level.name === "" ? text.level(place + 1) : level.name, target + 1, levels.length));
  };
  const general = levels.some((_level, place) => at(`levels.${place}`) !== undefined) ? undefined : at("levels");

  return (
    <>
      <ol className={classes.entries} ref={list}>
        {levels.map((level, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a level is its place
          <li key={place} className={classes.level} aria-label={text.level(place + 1)}>
            <span className={classes.place} aria-hidden>
              {place + 1}
            </span>
            <LevelFields level={level} place={place} groups={groups} at={at} onChange={(part) => change(place, part)} />
            <span className={classes.levelButtons}>
              <LevelButton label={text.up(place + 1)} by={-1} disabled={place === 0} onClick={() => move(place, -1)}>
                <IconArrowUp size={16} />
              </LevelButton>
              <LevelButton
                label={text.down(place + 1)}
                by={1}
                disabled={place === levels.length - 1}
                onClick={() => move(place, 1)}
              >
                <IconArrowDown size={16} />
              </LevelButton>
              <LevelButton
                label={text.remove(place + 1)}
                disabled={levels.length === 1}
                onClick={() => set("levels", levels.toSpliced(place, 1))}
              >
                <IconX size={16} />
              </LevelButton>
            </span>
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {general !== undefined && <Input.Error>{general}</Input.Error>}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={levels.length >= MOST_LEVELS}
          onClick={() => set("levels", [...levels, { name: "", userGroup: 0, quorum: 1 }])}
        >
          {text.add}
        </Button>
      </div>
    </>
  );
}

interface LevelFieldsProps {
  readonly level: Level;
  readonly place: number;
  readonly groups: readonly UserGroup[] | undefined;
  readonly at: FormProps<ApprovalFlow>["at"];
  readonly onChange: (part: Partial<Level>) => void;
}

function LevelFields({ level, place, groups, at, onChange }: LevelFieldsProps) {
  const { approvalFlows: text, problems, configuration } = useText();
  const chosen = groups?.find(({ id }) => id === level.userGroup);
  const gone = groups !== undefined && level.userGroup > 0 && chosen === undefined;
  const data = (groups ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const refused = at(`levels.${place}.userGroup`);
  const tooFew = chosen !== undefined && chosen.members < level.quorum ? text.tooFew(chosen.members) : undefined;
  const choose = (id: number): void => {
    const name = groups?.find((group) => group.id === id)?.name ?? "";
    // A level that nobody has named, or that bears the name of its group, is called like its group.
    onChange({ userGroup: id, ...(level.name === "" || level.name === chosen?.name ? { name } : {}) });
  };
  return (
    <div className={classes.levelFields}>
      <Select
        label={text.userGroup}
        placeholder={text.userGroupHint}
        required
        searchable
        allowDeselect={false}
        data={
          gone
            ? [...data, { value: `${level.userGroup}`, label: `${level.userGroup} (${configuration.editor.gone})` }]
            : data
        }
        value={level.userGroup === 0 ? null : String(level.userGroup)}
        onChange={(id) => id !== null && choose(Number(id))}
        error={refused === undefined || level.userGroup > 0 ? refused : problems.rules.required}
      />
      <TextInput
        label={text.levelName}
        required
        value={level.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={at(`levels.${place}.name`)}
      />
      <WholeNumber
        label={text.quorum}
        min={1}
        max={20}
        value={level.quorum}
        onChange={(quorum) => onChange({ quorum: quorum ?? level.quorum })}
        error={at(`levels.${place}.quorum`) ?? tooFew}
      />
    </div>
  );
}

interface LevelButtonProps {
  readonly label: string;
  /** Where it moves its level. */
  readonly by?: -1 | 1;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function LevelButton({ label, by, disabled, onClick, children }: LevelButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      data-by={by}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
