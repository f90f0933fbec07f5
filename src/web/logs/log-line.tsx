import { memo } from "react";
import { paintOf, type Scheme } from "./ansi-paint.ts";
import type { AnsiStyle } from "./ansi-style.ts";
import { type LinePiece, linePieces } from "./line-pieces.ts";
import classes from "./log.module.css";

/** Characters of a line that are drawn unless somebody asks for all of them. */
const SHOWN_CHARACTERS = 4000;

interface LogLineProps {
  /** From 0. */
  readonly line: number;
  /** Undefined while it is being read. */
  readonly text: string | undefined;
  readonly style: AnsiStyle | undefined;
  readonly scheme: Scheme;
  readonly time: string | undefined;
  readonly query: string;
  readonly current: boolean;
  readonly whole: boolean;
  readonly linkLabel: string;
  readonly onLink: (line: number) => void;
  readonly restLabel: (characters: number) => string;
  readonly onWhole: (line: number) => void;
}

/** One line of a log: its number, when it was stored, its text. */
export const LogLine = memo(function LogLine(props: LogLineProps) {
  const { line, text, style, scheme, time, current, whole } = props;
  const { pieces, rest } = linePieces(
    text ?? "",
    style ?? {},
    props.query,
    whole ? Number.POSITIVE_INFINITY : SHOWN_CHARACTERS,
  );
  return (
    <div className={classes.row} data-line={line} data-current={current || undefined}>
      <button
        type="button"
        tabIndex={-1}
        className={classes.number}
        aria-label={props.linkLabel}
        onClick={() => props.onLink(line)}
      >
        {line + 1}
      </button>
      {time !== undefined && <span className={classes.time}>{time}</span>}
      <span className={classes.text}>
        {text === undefined ? (
          <span className={classes.unread} aria-hidden />
        ) : (
          pieces.map((piece, index) => draw(piece, index, scheme))
        )}
        {"\n"}
      </span>
      {rest > 0 && (
        <button type="button" className={classes.rest} onClick={() => props.onWhole(line)}>
          {props.restLabel(rest)}
        </button>
      )}
    </div>
  );
});

function draw({ text, style, hit }: LinePiece, index: number, scheme: Scheme) {
  if (hit) return <mark key={index}>{text}</mark>;
  const paint = paintOf(style, scheme);
  const { bold = false, italic = false, underline = false, strike = false } = style;
  const plain = paint.color === undefined && !bold && !italic && !underline && !strike;
  if (plain) return text;
  return (
    <span
      key={index}
      style={paint}
      data-bold={bold || undefined}
      data-italic={italic || undefined}
      data-underline={underline || undefined}
      data-strike={strike || undefined}
    >
      {text}
    </span>
  );
}
