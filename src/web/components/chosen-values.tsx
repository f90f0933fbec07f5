import { Button } from "@mantine/core";
import { useState } from "react";
import { useText } from "../locales/language.tsx";
import { visibleLines } from "../logs/visible-text.ts";
import classes from "./components.module.css";

const FEW = 20;

/** The values of a variable, many of them only when they are asked for. */
export function ChosenValues({ values }: { readonly values: readonly string[] }) {
  const text = useText();
  const [all, setAll] = useState(false);
  if (values.length === 0 || (values.length === 1 && values[0] === ""))
    return <span className={classes.dimmed}>{text.request.empty}</span>;
  const shown = all ? values : values.slice(0, FEW);
  return (
    <>
      <span className={classes.chosen}>{shown.map(visibleLines).join(", ")}</span>
      {shown.length < values.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {text.request.manyValues(values.length)}
        </Button>
      )}
    </>
  );
}
