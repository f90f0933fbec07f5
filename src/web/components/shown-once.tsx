import { Alert, Button, CopyButton, Group } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconCopy from "@tabler/icons-react/icons/IconCopy";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import type { ReactNode } from "react";
import { useText } from "../locales/language.tsx";
import { saveText } from "./save-text.ts";
import classes from "./shown-once.module.css";

interface ShownOnceProps {
  /** Names it for those who do not see it. */
  readonly what: string;
  readonly value: string;
  /** What is kept and copied, where it says more than what is shown. */
  readonly file?: { readonly name: string; readonly text: string; readonly type?: string };
  /** Short lines stand side by side. */
  readonly columns?: boolean;
  /** What to do with it. */
  readonly children: ReactNode;
}

/** A secret that is never shown again: to be copied, or kept as a file. */
export function ShownOnce({ what, value, file, columns = false, children }: ShownOnceProps) {
  const text = useText().account.once;
  return (
    <div className={classes.box}>
      <Alert color="yellow" icon={<IconAlertTriangle />} title={text.warning}>
        {children}
      </Alert>
      {/* Long ones scroll, which the keyboard has to reach. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={`${classes.text} ${columns ? classes.columns : ""}`} tabIndex={0} aria-label={what}>
        {value}
      </pre>
      <Group gap="xs">
        <CopyButton value={file?.text ?? value} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {copied ? text.copyAllDone : text.copyAll}
            </Button>
          )}
        </CopyButton>
        {file !== undefined && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            onClick={() => saveText(file.name, file.text, file.type)}
          >
            {text.download}
          </Button>
        )}
      </Group>
    </div>
  );
}
