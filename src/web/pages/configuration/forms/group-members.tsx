import { ActionIcon, Anchor, Input, Select, Text, VisuallyHidden } from "@mantine/core";
import IconArrowDown from "@tabler/icons-react/icons/IconArrowDown";
import IconArrowUp from "@tabler/icons-react/icons/IconArrowUp";
import IconX from "@tabler/icons-react/icons/IconX";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Variable } from "../../../../contract/definitions.ts";
import { useAnswer } from "../../../api/api.tsx";
import { Link } from "../../../components/link.tsx";
import { useText } from "../../../locales/language.tsx";
import { paths } from "../../../paths.ts";
import { dependsOn } from "../depends-on.ts";
import classes from "./forms.module.css";

interface GroupMembersProps {
  readonly ids: readonly number[];
  readonly onChange: (ids: number[]) => void;
  readonly error: string | undefined;
}

/** The variables of a group in their order; moved by buttons, or by Alt and the arrow keys. */
export function GroupMembers({ ids, onChange, error }: GroupMembersProps) {
  const text = useText().variableGroups;
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind: "variable" } });
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<number | null>(null);
  const all = new Map((data?.items ?? []).map(({ id, data: each }) => [id, each as unknown as Variable]));
  const nameOf = (id: number): string => all.get(id)?.name ?? text.unknown(id);
  const names = new Set(ids.map(nameOf));

  // The focus goes along with what was moved; browsers drop it when an element changes its place.
  useEffect(() => {
    if (moved.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-id="${moved.current}"] a`)?.focus();
    moved.current = null;
  });

  const move = (place: number, by: number): void => {
    const id = ids[place];
    const target = place + by;
    if (id === undefined || target < 0 || target >= ids.length) return;
    moved.current = id;
    onChange(ids.toSpliced(place, 1).toSpliced(target, 0, id));
    setSaid(text.moved(nameOf(id), target + 1, ids.length));
  };
  const onKeyDown = (event: KeyboardEvent, place: number): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    move(place, by);
  };

  return (
    <>
      {ids.length === 0 && <Text c="dimmed">{text.empty}</Text>}
      <ol className={classes.entries} ref={list}>
        {ids.map((id, place) => {
          const variable = all.get(id);
          const missing = variable === undefined ? [] : dependsOn(variable.source).filter((name) => !names.has(name));
          const needs = variable === undefined ? [] : dependsOn(variable.source).filter((name) => names.has(name));
          return (
            // The keys work on whatever inside has the focus.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li key={id} data-id={id} className={classes.member} onKeyDown={(event) => onKeyDown(event, place)}>
              <span className={classes.place}>{place + 1}</span>
              <span className={classes.memberName}>
                <Anchor component={Link} href={paths.definition("variable", id)} fw={600} underline="always">
                  {nameOf(id)}
                </Anchor>{" "}
                {variable?.label}
                {needs.length > 0 && (
                  <Text size="xs" c="dimmed">
                    {text.dependsOn(needs.join(", "))}
                  </Text>
                )}
                {missing.length > 0 && (
                  <Text size="xs" c="var(--mantine-color-error)">
                    {text.missing(missing.join(", "))}
                  </Text>
                )}
              </span>
              <MemberButton label={text.up(nameOf(id))} disabled={place === 0} onClick={() => move(place, -1)}>
                <IconArrowUp size={16} />
              </MemberButton>
              <MemberButton
                label={text.down(nameOf(id))}
                disabled={place === ids.length - 1}
                onClick={() => move(place, 1)}
              >
                <IconArrowDown size={16} />
              </MemberButton>
              <MemberButton label={text.remove(nameOf(id))} onClick={() => onChange(ids.toSpliced(place, 1))}>
                <IconX size={16} />
              </MemberButton>
            </li>
          );
        })}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {error !== undefined && <Input.Error>{error}</Input.Error>}
      <Select
        label={text.add}
        placeholder={text.addPlaceholder}
        searchable
        data={[...all]
          .filter(([id]) => !ids.includes(id))
          .map(([id, { name, label }]) => ({ value: String(id), label: `${name} · ${label}` }))}
        value={null}
        onChange={(id) => id !== null && onChange([...ids, Number(id)])}
      />
    </>
  );
}

interface MemberButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function MemberButton({ label, disabled = false, onClick, children }: MemberButtonProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
