import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconMinus from "@tabler/icons-react/icons/IconMinus";
import IconX from "@tabler/icons-react/icons/IconX";
import type { ReactNode } from "react";
import classes from "./components.module.css";

const ICONS = { good: IconCheck, bad: IconX, doubtful: IconAlertTriangle, quiet: IconMinus } as const;

/** Good, bad or neither: by colour, icon and the words that are given. */
export function Mark({ tone, children }: { readonly tone: keyof typeof ICONS; readonly children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  );
}
