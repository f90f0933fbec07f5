import { useMediaQuery } from "@mantine/hooks";
import { Fragment } from "react";
import type { BoardState } from "../../contract/board-state.ts";
import type { RunWords } from "../../contract/words/run-words.ts";
import { useNow } from "../components/use-now.ts";
import { useText } from "../locales/language.tsx";
import classes from "./board.module.css";
import { batchesOf, showsBatches, summaryOf } from "./board-order.ts";
import { HostNote } from "./host-note.tsx";
import { StepCell } from "./step-cell.tsx";

interface BoardViewProps {
  readonly board: BoardState;
  readonly words: RunWords;
  /** Whether its run goes on, so that its clocks do. */
  readonly running: boolean;
}

/** Hosts down, steps across; on a phone a card a host. */
export function BoardView({ board, words, running }: BoardViewProps) {
  const text = useText().board;
  const now = useNow(running ? 1000 : null).getTime();
  const phone = useMediaQuery("(max-width: 640px)");
  const rows = [...board.rows.values()];
  const done = rows.filter((row) => summaryOf(board, row)?.verdict === "done").length;
  const [mode = "", project = "", ...more] = board.title;
  const amount =
    board.batches.length === 0
      ? text.hosts(rows.length)
      : rows.length === 1
        ? text.oneHost
        : board.batches.length > 1
          ? text.batches(rows.length, board.batches.length)
          : text.allAtOnce(rows.length);
  return (
    <section className={classes.board} aria-label={text.title}>
      <div className={classes.heading}>
        <h2 className={classes.title}>
          {project} {mode}
        </h2>
        <span className={classes.detail}>{[...more, amount].join(" · ")}</span>
        <span className={classes.detail}>{text.done(done, rows.length)}</span>
      </div>
      <Hooks board={board} />
      {phone ? <Cards board={board} words={words} now={now} /> : <Matrix board={board} words={words} now={now} />}
      {board.stopped !== undefined && board.stopped.left.length > 0 && (
        <p className={classes.stopped}>{words.output.stopped[board.stopped.because](board.stopped.left)}</p>
      )}
    </section>
  );
}

interface PictureProps {
  readonly board: BoardState;
  readonly words: RunWords;
  readonly now: number;
}

function Matrix({ board, words, now }: PictureProps) {
  const text = useText().board;
  const separate = showsBatches(board);
  return (
    // Keyboard users scroll it sideways, so it takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroller} tabIndex={0} role="group" aria-label={text.title}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{text.host}</th>
            {board.steps.map((kind) => (
              <th key={kind} scope="col">
                {words.output.steps[kind]}
              </th>
            ))}
            <th scope="col">{text.now}</th>
          </tr>
        </thead>
        <tbody>
          {batchesOf(board).map(({ batch, rows }) => (
            <Fragment key={batch ?? 0}>
              {separate && batch !== undefined && (
                <tr className={classes.batch} data-current={batch === board.batch || undefined}>
                  <th scope="rowgroup" colSpan={board.steps.length + 2}>
                    {text.batch(batch, board.batches.length)}
                  </th>
                </tr>
              )}
              {rows.map((row) => (
                <tr key={row.host}>
                  <th scope="row">{row.host}</th>
                  {board.steps.map((kind) => (
                    <td key={kind}>
                      <StepCell cell={row.cells.get(kind)} now={now} />
                    </td>
                  ))}
                  <td className={classes.note}>
                    <HostNote board={board} row={row} now={now} words={words} />
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ board, words, now }: PictureProps) {
  const text = useText().board;
  const separate = showsBatches(board);
  return batchesOf(board).map(({ batch, rows }) => (
    <Fragment key={batch ?? 0}>
      {separate && batch !== undefined && (
        <h3 className={classes.batchTitle}>{text.batch(batch, board.batches.length)}</h3>
      )}
      <ul className={classes.cards}>
        {rows.map((row) => {
          const active = board.steps.find((kind) => row.cells.get(kind)?.state === "running");
          return (
            <li key={row.host} className={classes.card}>
              <div className={classes.cardHead}>
                <strong>{row.host}</strong>
                {active !== undefined && (
                  <span className={classes.cardStep}>
                    {words.output.steps[active]} <StepCell cell={row.cells.get(active)} now={now} />
                  </span>
                )}
              </div>
              <ol className={classes.track}>
                {board.steps.map((kind) => (
                  <li key={kind} data-state={row.cells.get(kind)?.state ?? "pending"} className={classes.trackStep}>
                    {words.output.steps[kind]}: {text.cells[row.cells.get(kind)?.state ?? "pending"]}
                  </li>
                ))}
              </ol>
              <HostNote board={board} row={row} now={now} words={words} />
            </li>
          );
        })}
      </ul>
    </Fragment>
  ));
}

function Hooks({ board }: { readonly board: BoardState }) {
  const text = useText().board;
  if (board.hooks.length === 0) return null;
  return (
    <ul className={classes.hooks}>
      {board.hooks.map(({ hook, command, exitCode }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- hooks only ever follow each other
        <li key={index} data-bad={(exitCode !== undefined && exitCode !== 0) || undefined}>
          {text.hook[hook]}: <code>{command.join(" ")}</code>{" "}
          {exitCode === undefined ? text.hookRunning : text.hookDone(exitCode)}
        </li>
      ))}
    </ul>
  );
}
