import IconArrowDownRight from "@tabler/icons-react/icons/IconArrowDownRight";
import IconArrowUpRight from "@tabler/icons-react/icons/IconArrowUpRight";
import IconEqual from "@tabler/icons-react/icons/IconEqual";
import type { ReactNode } from "react";
import type { Statistics } from "../../../contract/statistics.ts";
import { Link } from "../../components/link.tsx";
import { count, typicalDuration, percent } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { type HistoryFilters, paths } from "../../paths.ts";
import { failureRateOf, failuresOf, statesOf } from "./outcomes.ts";
import classes from "./dashboard.module.css";

interface TilesProps {
  readonly total: Statistics["total"];
  /** Of the period before; undefined: not known yet. */
  readonly before: Statistics["total"] | undefined;
  /** How many wait to run, however long ago they were submitted. */
  readonly waiting: { readonly requests: number; readonly more: boolean } | undefined;
  /** What the history is narrowed to, without and with the period. */
  readonly always: HistoryFilters;
  readonly period: HistoryFilters;
}

/** The few numbers that say how it goes, each with what it was before, and each a link to the requests behind it. */
export function Tiles({ total, before, waiting, always, period }: TilesProps) {
  const { language, text: catalogue } = useLanguage();
  const text = catalogue.dashboard.tiles;
  const number = (value: number): string => count(value, language);
  const rate = failureRateOf(total);
  const failures = failuresOf(total);
  return (
    <ul className={classes.tiles}>
      <Tile name={text.requests} href={paths.history(period)} value={number(total.requests)}>
        {before !== undefined && (
          <Change now={total.requests} before={before.requests} said={number} change={relative} />
        )}
      </Tile>
      <Tile
        name={text.failureRate}
        href={paths.history({ ...period, state: statesOf("failed", "lost") })}
        value={rate === null ? "–" : percent(rate)}
        about={rate === null ? undefined : text.ofThem(number(failures), number(failures + total.succeeded))}
      >
        {before !== undefined && (
          <Change
            now={rate}
            before={failureRateOf(before)}
            said={percent}
            change={(now, then) => text.points((Math.abs(now - then) * 100).toFixed(1))}
            more="bad"
          />
        )}
      </Tile>
      <Tile
        name={text.median}
        href={paths.history({ ...period, state: statesOf("succeeded", "failed", "stopped", "lost") })}
        value={total.median === null ? "–" : typicalDuration(total.median)}
        about={total.p95 === null ? undefined : text.p95(typicalDuration(total.p95))}
      >
        {before !== undefined && (
          <Change now={total.median} before={before.median} said={typicalDuration} change={relative} more="bad" />
        )}
      </Tile>
      <Tile
        name={text.waiting}
        href={paths.history({ ...always, state: "waiting,approved,scheduled,queued" })}
        value={waiting === undefined ? "…" : `${number(waiting.requests)}${waiting.more ? "+" : ""}`}
        about={text.waitingHint}
      />
    </ul>
  );
}

interface TileProps {
  readonly name: string;
  readonly href: string;
  readonly value: string;
  readonly about?: string | undefined;
  readonly children?: ReactNode;
}

function Tile({ name, href, value, about, children }: TileProps) {
  return (
    <li className={classes.tile}>
      <Link href={href} className={classes.tileLink}>
        {name}
      </Link>
      <span className={classes.tileValue}>{value}</span>
      {about !== undefined && <span className={classes.tileAbout}>{about}</span>}
      {children}
    </li>
  );
}

/** By how much of what it was. */
function relative(now: number, before: number): string {
  return percent(Math.abs(now - before) / before);
}

interface ChangeProps {
  readonly now: number | null;
  readonly before: number | null;
  readonly said: (value: number) => string;
  readonly change: (now: number, before: number) => string;
  /** `bad`: more is worse. */
  readonly more?: "bad";
}

/** What it was in the period before, and whether it is more or less now. */
function Change({ now, before, said, change, more }: ChangeProps) {
  const text = useText().dashboard.tiles;
  if (now === null || before === null || (before === 0 && now === 0)) {
    return <span className={classes.tileAbout}>{text.noneBefore}</span>;
  }
  const Icon = now === before ? IconEqual : now > before ? IconArrowUpRight : IconArrowDownRight;
  const tone = more !== "bad" || now === before ? undefined : now > before ? "bad" : "good";
  // Nothing has no percentage.
  const by = before === 0 && change === relative ? said(now) : change(now, before);
  return (
    <span className={classes.change} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {now === before ? text.same : now > before ? text.more(by) : text.less(by)}
      {now !== before && <span className={classes.tileAbout}>{text.before(said(before))}</span>}
    </span>
  );
}
