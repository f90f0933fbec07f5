import { Anchor, Badge, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import type { RequestDetail, TaskResult } from "../../../contract/requests.ts";
import { quoteShellWord } from "../../../domain/shell-words.ts";
import { ChosenValues } from "../../components/chosen-values.tsx";
import { CopyText } from "../../components/copy-text.tsx";
import { Elapsed } from "../../components/elapsed.tsx";
import { Link } from "../../components/link.tsx";
import { useText } from "../../locales/language.tsx";
import { visibleText } from "../../logs/visible-text.ts";
import { paths } from "../../paths.ts";
import classes from "./request.module.css";

/** What was submitted: values, the exact command with each line's result, note, hash. */
export function RequestFacts({ request }: { readonly request: RequestDetail }) {
  const text = useText().request;
  const { values, lines, run, note, hash, order, place } = request;
  return (
    <div className={classes.facts}>
      <section>
        <h2 className={classes.heading}>{text.values}</h2>
        {values.length === 0 && <p className={classes.dimmed}>{text.noValues}</p>}
        <dl className={classes.values}>
          {values.map((value) => (
            <Fact key={value.name} name={value.label}>
              {value.secret ? (
                <span className={classes.dimmed}>{text.secret}</span>
              ) : (
                <ChosenValues values={value.values} />
              )}
            </Fact>
          ))}
          {note !== "" && (
            <Fact name={text.note}>
              <span className={classes.note}>{note}</span>
            </Fact>
          )}
        </dl>
      </section>
      <section>
        <h2 className={classes.heading}>{text.command}</h2>
        <ol className={classes.lines}>
          {lines.map(({ task, argv, shell, gantry }, index) => {
            const line = shell ? argv.join(" ") : argv.map(quoteShellWord).join(" ");
            const before = lines.slice(0, index).filter((each) => each.task === task).length;
            const result = run?.results.find((each) => each.task === task && each.line === before);
            return (
              // oxlint-disable-next-line react/no-array-index-key -- lines never change their places
              <li key={index}>
                <div className={classes.lineHead}>
                  <span>{text.tasks[task]}</span>
                  {shell && <Badge variant="default">{text.shell}</Badge>}
                  {gantry && <Badge variant="default">{text.board}</Badge>}
                  {result !== undefined && <LineResult result={result} />}
                  <CopyText value={line} what={text.command} />
                </div>
                <code className={classes.command}>{visibleText(line)}</code>
              </li>
            );
          })}
        </ol>
        <dl className={classes.values}>
          <Fact name={text.place}>{place}</Fact>
          {run?.worker != null && <Fact name={text.worker}>{run.worker}</Fact>}
          <Fact name={text.order}>
            <Anchor component={Link} href={paths.order(order.id)} inherit underline="always">
              {order.name}
            </Anchor>{" "}
            <span className={classes.dimmed}>{text.orderVersion(order.version)}</span>
          </Fact>
          <Fact name={text.hash}>
            <Tooltip label={text.hashHint} multiline maw={320}>
              <code className={classes.hash}>{hash.slice(0, 16)}</code>
            </Tooltip>
            <CopyText value={hash} what={text.hash} />
          </Fact>
        </dl>
      </section>
    </div>
  );
}

function LineResult({ result }: { readonly result: TaskResult }) {
  const words = useText().request.timeline;
  return (
    <span className={classes.result} data-bad={result.exitCode !== 0 || undefined}>
      {endOf(result, words)} · <Elapsed from={result.startedAt} to={result.endedAt} />
    </span>
  );
}

/** How a line of a task ended. */
export function endOf(
  { exitCode, signal }: TaskResult,
  words: ReturnType<typeof useText>["request"]["timeline"],
): string {
  if (signal !== null) return words.signal(signal);
  return exitCode === null ? words.noResult : words.exitCode(exitCode);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
