import { useComputedColorScheme, VisuallyHidden } from "@mantine/core";
import { type Ref, useCallback, useEffect, useState } from "react";
import { count } from "../locales/format.ts";
import { useLanguage } from "../locales/language.tsx";
import { LogLine } from "./log-line.tsx";
import type { LogStore } from "./log-store.ts";
import classes from "./log.module.css";
import { timeOfDay } from "./time-of-day.ts";
import { LINE_HEIGHT, type LogScroll } from "./use-log-scroll.ts";

interface LogLinesProps {
  readonly store: LogStore;
  readonly scroll: LogScroll;
  readonly scrollerRef: Ref<HTMLDivElement>;
  readonly rowsRef: Ref<HTMLDivElement>;
  readonly wrap: boolean;
  readonly times: boolean;
  readonly query: string;
  /** The line that was searched or linked to. */
  readonly current: number | undefined;
  readonly onLink: (line: number) => void;
}

/** The lines of a log that are in view, and some around them. */
export function LogLines({ store, scroll, scrollerRef, rowsRef, wrap, times, query, current, onLink }: LogLinesProps) {
  const { language, text } = useLanguage();
  const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());
  const onWhole = useCallback((line: number) => setWhole((before) => new Set(before).add(line)), []);
  const restLabel = useCallback(
    (characters: number) => text.logs.showRest(count(characters, language)),
    [text, language],
  );
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const { from, to } = scroll;
  useEffect(() => store.want(from, to), [store, from, to]);
  const digits = Math.max(3, String(store.total).length);
  const style = { transform: `translateY(${scroll.top}px)`, "--digits": `${digits}ch` };
  const lines = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  return (
    // Keyboard users scroll it, so it takes the focus.
    <div
      ref={scrollerRef}
      className={classes.scroller}
      onScroll={scroll.onScroll}
      role="log"
      aria-live="off"
      aria-label={text.logs.title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      data-wrap={wrap || undefined}
      style={{ maxHeight: Math.max(store.status === "ended" ? 8 : 15, store.total + 1) * LINE_HEIGHT }}
    >
      <div className={classes.spacer} style={{ height: scroll.height }}>
        <div ref={rowsRef} className={classes.rows} style={style}>
          {lines.map((line) => {
            const shown = store.line(line);
            return (
              <LogLine
                key={line}
                line={line}
                text={shown?.text}
                style={shown?.style}
                scheme={scheme}
                time={times ? timeOfDay(shown?.time) : undefined}
                query={query}
                current={line === current}
                whole={whole.has(line)}
                linkLabel={text.logs.linkTo(count(line + 1, language))}
                onLink={onLink}
                restLabel={restLabel}
                onWhole={onWhole}
              />
            );
          })}
        </div>
      </div>
      {store.total === 0 && (store.status === "ended" || store.status === "live") && (
        <p className={classes.nothing}>{store.status === "ended" ? text.logs.nothing : text.logs.nothingYet}</p>
      )}
    </div>
  );
}

/** Tells screen readers from time to time how the log grows, instead of reading every line out. */
export function LogNews({ store }: { readonly store: LogStore }) {
  const { language, text } = useLanguage();
  const [said, setSaid] = useState("");
  useEffect(() => {
    let told = store.total;
    const timer = setInterval(() => {
      if (store.total === told) return;
      told = store.total;
      setSaid(text.logs.grown(count(told, language)));
    }, 10_000);
    return () => clearInterval(timer);
  }, [store, text, language]);
  return <VisuallyHidden role="status">{store.status === "ended" ? text.logs.statusHint.ended : said}</VisuallyHidden>;
}
