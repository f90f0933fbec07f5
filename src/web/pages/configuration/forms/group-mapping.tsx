import { ActionIcon, Button, Input, Select, TextInput } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconX from "@tabler/icons-react/icons/IconX";
import type { SignInMethod } from "../../../../contract/sign-in-method.ts";
import { useAnswer } from "../../../api/api.tsx";
import { useText } from "../../../locales/language.tsx";
import type { FormProps } from "../draft.ts";
import classes from "./forms.module.css";

type Mapping = SignInMethod["groups"][number];

const MOST = 200;

/** Which groups there lead to which user groups here, a line each. */
export function GroupMapping({ data: { kind, groups }, set, at }: FormProps<SignInMethod>) {
  const { signInMethods: text, configuration, problems } = useText();
  const known = useAnswer("GET /user-groups", {}).data?.items;
  const change = (place: number, part: Partial<Mapping>): void =>
    set(
      "groups",
      groups.map((group, index) => (index === place ? { ...group, ...part } : group)),
    );
  const options = (known ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const optionsWith = (id: number) =>
    known === undefined || id === 0 || known.some((group) => group.id === id)
      ? options
      : [...options, { value: String(id), label: `${id} (${configuration.editor.gone})` }];
  const somewhere = groups.some((_group, place) => at(`groups.${place}`) !== undefined);
  return (
    <Input.Wrapper
      label={text.groups}
      description={text.groupsHelp[kind]}
      error={somewhere ? undefined : at("groups")}
      labelElement="div"
    >
      <ul className={classes.entries}>
        {groups.map(({ external, userGroup }, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line is its place
          <li key={place} className={classes.mapping}>
            <TextInput
              aria-label={text.group[kind]}
              placeholder={text.group[kind]}
              spellCheck={false}
              value={external}
              onChange={(event) => change(place, { external: event.currentTarget.value })}
              error={at(`groups.${place}.external`)}
            />
            <Select
              aria-label={text.userGroup}
              placeholder={text.userGroup}
              searchable
              allowDeselect={false}
              data={optionsWith(userGroup)}
              value={userGroup === 0 ? null : String(userGroup)}
              onChange={(id) => id !== null && change(place, { userGroup: Number(id) })}
              error={at(`groups.${place}.userGroup`) === undefined ? undefined : problems.rules.required}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={text.removeGroup(external)}
              onClick={() => set("groups", groups.toSpliced(place, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="default"
        my={6}
        leftSection={<IconPlus size={14} />}
        disabled={groups.length >= MOST}
        onClick={() => set("groups", [...groups, { external: "", userGroup: 0 }])}
      >
        {text.addGroup}
      </Button>
    </Input.Wrapper>
  );
}
