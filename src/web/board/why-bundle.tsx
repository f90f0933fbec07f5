import IconX from "@tabler/icons-react/icons/IconX";
import type { ReactNode } from "react";
import type { BoardState, HostWhy } from "../../contract/board-state.ts";
import { failureMessage } from "../../contract/words/explain.ts";
import type { RunWords } from "../../contract/words/run-words.ts";
import { quoteShellWord } from "../../domain/shell-words.ts";
import { CopyText } from "../components/copy-text.tsx";
import { useText } from "../locales/language.tsx";
import { plainText } from "../logs/line-pieces.ts";
import { visibleText } from "../logs/visible-text.ts";
import classes from "./board.module.css";

interface WhyBundleProps {
  readonly board: BoardState;
  readonly words: RunWords;
  /** What can be done about it. */
  readonly actions: ReactNode;
}

/** Everything that helps to see why a run failed: the first failure in full, others folded below it. */
export function WhyBundle({ board, words, actions }: WhyBundleProps) {
  const text = useText().board.why;
  const [first, ...others] = board.whys;
  if (first === undefined) return null;
  return (
    <section className={classes.why} aria-label={text.title}>
      <h2 className={classes.whyTitle}>{text.title}</h2>
      <HostFailure board={board} of={first} words={words} />
      {others.length > 0 && (
        <details>
          <summary>{text.more(others.length)}</summary>
          {others.map((each, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- failures only ever follow each other
            <HostFailure key={index} board={board} of={each} words={words} />
          ))}
        </details>
      )}
      <RunsNow board={board} words={words} />
      <div className={classes.whyActions}>{actions}</div>
    </section>
  );
}

interface HostFailureProps {
  readonly board: BoardState;
  readonly of: HostWhy;
  readonly words: RunWords;
}

function HostFailure({ board, of: { host, step, why }, words }: HostFailureProps) {
  const text = useText().board.why;
  const { what, todo } = failureMessage(words, why.failure);
  const { rescue } = board.rows.get(host) ?? {};
  const command = why.command?.map(quoteShellWord).join(" ");
  const container = "container" in why.failure ? why.failure.container : host;
  return (
    <div className={classes.failure}>
      <p className={classes.what}>
        <IconX size={16} stroke={3} aria-hidden />
        <span>
          <strong>{step === undefined ? host : text.where(host, words.output.steps[step])}</strong>
          {" · "}
          {visibleText(what)}
        </span>
      </p>
      <p className={classes.todo}>{todo}</p>
      <dl className={classes.facts}>
        {command !== undefined && (
          <Fact name={text.command}>
            <code className={classes.command}>{visibleText(command)}</code>{" "}
            <CopyText value={command} what={text.command} />
          </Fact>
        )}
        {why.state !== undefined && <Fact name={text.state}>{stateWords(why.state, text)}</Fact>}
        {why.health !== undefined && (
          <Fact name={text.health}>
            <code className={classes.command}>{visibleText(why.health)}</code>
          </Fact>
        )}
        {why.running !== undefined && <Fact name={text.then}>{words.output.whyRunning(host, why.running)}</Fact>}
        {rescue !== undefined && (
          <Fact name={text.afterwards}>
            {words.output.rescued(host, rescue.restored, rescue.retired, rescue.inService)}
          </Fact>
        )}
      </dl>
      {why.log.length > 0 && (
        <figure className={classes.lastLines}>
          <figcaption>{text.lastLines(container)}</figcaption>
          {/* Keyboard users scroll it, so it takes the focus. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0}>{why.log.map(plainText).join("\n")}</pre>
        </figure>
      )}
    </div>
  );
}

function stateWords(
  { status, exitCode, outOfMemory, error, restarts }: NonNullable<HostWhy["why"]["state"]>,
  text: ReturnType<typeof useText>["board"]["why"],
): string {
  return [
    status,
    ...(status === "running" ? [] : [text.exitCode(exitCode)]),
    ...(outOfMemory ? [text.outOfMemory] : []),
    ...(restarts > 0 ? [text.restarts(restarts)] : []),
    ...(error === "" ? [] : [visibleText(error)]),
  ].join(", ");
}

function RunsNow({ board, words }: { readonly board: BoardState; readonly words: RunWords }) {
  const text = useText().board;
  const hosts =
    board.outcome?.hosts ?? [...board.rows.values()].map(({ summary }) => summary).filter((each) => each !== undefined);
  if (hosts.length === 0) return null;
  return (
    <div>
      <h3 className={classes.runsNow}>{text.why.runsNow}</h3>
      <ul className={classes.hostsNow}>
        {hosts.map(({ host, now, seen, verdict }) => (
          <li key={host}>
            <strong>{host}</strong> <code>{now ?? (seen ? text.runsNothing : text.notKnown)}</code>{" "}
            <span className={classes.detail}>{words.output.verdicts[verdict]}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
