import type { CommandLine } from "../../../contract/requests.ts";
import { quoteShellWord } from "../../../domain/shell-words.ts";
import { CopyText } from "../../components/copy-text.tsx";
import { useText } from "../../locales/language.tsx";
import { visibleText } from "../../logs/visible-text.ts";
import classes from "./order.module.css";

/** The exact commands, a line each, to read and to copy. */
export function Commands({ lines }: { readonly lines: readonly CommandLine[] }) {
  const text = useText().order.preview;
  return (
    <ol className={classes.commands}>
      {lines.map(({ task, argv, shell }, index) => {
        const line = shell ? argv.join(" ") : argv.map(quoteShellWord).join(" ");
        return (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other name
          <li key={index}>
            <span className={classes.task}>
              {text.tasks[task]}
              {shell && ` · ${text.shell}`}
              <CopyText value={line} what={text.title} />
            </span>
            <code className={classes.command}>{visibleText(line)}</code>
          </li>
        );
      })}
    </ol>
  );
}
