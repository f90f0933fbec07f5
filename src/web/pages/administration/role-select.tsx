import { Select, type SelectProps, Text } from "@mantine/core";
import { useAnswer } from "../../api/api.tsx";
import { isBuiltIn, roleName } from "../../components/role-name.ts";
import { useText } from "../../locales/language.tsx";

interface RoleSelectProps extends Omit<SelectProps, "value" | "onChange" | "data" | "renderOption"> {
  readonly value: string;
  readonly onChange: (role: string) => void;
}

/** Chooses a role by name, each with what it is for. */
export function RoleSelect({ value, onChange, ...rest }: RoleSelectProps) {
  const catalogue = useText();
  const roles = useAnswer("GET /roles", {});
  const names = (roles.data?.items ?? []).map(({ name }) => name);
  const helps = new Map(
    roles.data?.items.map(({ name, description }) => [
      name,
      isBuiltIn(name) && description === "" ? catalogue.roles.builtIn[name].help : description,
    ]),
  );
  return (
    <Select
      allowDeselect={false}
      description={helps.get(value) ?? ""}
      comboboxProps={{ withinPortal: true }}
      {...rest}
      data={[...new Set([...names, value])].map((name) => ({ value: name, label: roleName(name, catalogue) }))}
      renderOption={({ option }) => (
        <div>
          <div>{option.label}</div>
          <Text size="xs" c="dimmed">
            {helps.get(option.value)}
          </Text>
        </div>
      )}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
