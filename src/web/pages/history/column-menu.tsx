import { Button, Menu } from "@mantine/core";
import IconColumns3 from "@tabler/icons-react/icons/IconColumns3";
import type { HistoryVariable } from "../../../contract/history.ts";
import { useText } from "../../locales/language.tsx";
import { variableName } from "./variable-name.ts";
import { FIXED_COLUMNS, type ShownColumns, toggled, USUAL_COLUMNS } from "./shown-columns.ts";
import classes from "./history.module.css";

interface ColumnMenuProps {
  readonly shown: ShownColumns;
  readonly variables: readonly HistoryVariable[];
  readonly onChange: (next: ShownColumns) => void;
}

/** Chooses the columns: those that every request has, and one for each variable. */
export function ColumnMenu({ shown, variables, onChange }: ColumnMenuProps) {
  const { columns, columnMenu: text } = useText().history;
  return (
    <Menu position="bottom-end" withinPortal closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {text.open}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.columnMenu}>
        <Menu.Label>{text.fixed}</Menu.Label>
        {FIXED_COLUMNS.map((column) => (
          <Menu.CheckboxItem
            key={column}
            checked={shown.fixed.includes(column)}
            onChange={() => onChange(toggled(shown, { fixed: column }))}
          >
            {columns[column]}
          </Menu.CheckboxItem>
        ))}
        {variables.length > 0 && <Menu.Label>{text.variables}</Menu.Label>}
        {variables.map(({ name, label }) => (
          <Menu.CheckboxItem
            key={name}
            checked={shown.variables.includes(name)}
            onChange={() => onChange(toggled(shown, { variable: name }))}
          >
            {variableName({ name, label })}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onChange(USUAL_COLUMNS)}>{text.usual}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
