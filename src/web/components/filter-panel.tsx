import { Button } from "@mantine/core";
import IconFilter from "@tabler/icons-react/icons/IconFilter";
import { type ReactNode, useId, useState } from "react";
import { useText } from "../locales/language.tsx";
import classes from "./filter-panel.module.css";

interface FilterPanelProps {
  readonly label: string;
  /** The filters, of which some have a value. */
  readonly filters: object;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** The filters of a list side by side; on a phone behind a button that says how many there are, so that the list shows. */
export function FilterPanel({ label, filters, onClear, children }: FilterPanelProps) {
  const text = useText().general.filters;
  const [open, setOpen] = useState(false);
  const id = useId();
  const active = Object.values(filters).filter((value) => value !== undefined).length;
  return (
    <search className={classes.panel} aria-label={label} data-open={open || undefined}>
      <Button
        variant="default"
        className={classes.toggle}
        aria-expanded={open}
        aria-controls={id}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {text.toggle(active)}
      </Button>
      <div id={id} className={classes.filters}>
        {children}
        {active > 0 && (
          <Button variant="subtle" className={classes.clear} onClick={onClear}>
            {text.clear}
          </Button>
        )}
      </div>
    </search>
  );
}
