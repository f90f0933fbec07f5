import { Alert, Button } from "@mantine/core";
import IconArrowDown from "@tabler/icons-react/icons/IconArrowDown";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Run } from "../../contract/requests.ts";
import { useApi } from "../api/api.tsx";
import { addressOf } from "../api/call.ts";
import { showNotice } from "../components/notices.tsx";
import { ProblemAlert } from "../components/problem-alert.tsx";
import { count } from "../locales/format.ts";
import { useLanguage } from "../locales/language.tsx";
import { apiLogSource } from "./api-log-source.ts";
import { LogLines, LogNews } from "./log-lines.tsx";
import { LogSearchBar } from "./log-search-bar.tsx";
import { LogToolbar } from "./log-toolbar.tsx";
import classes from "./log.module.css";
import { useKeptSwitch } from "./use-kept-switch.ts";
import { useLogKeys } from "./use-log-keys.ts";
import { useLogScroll } from "./use-log-scroll.ts";
import { useLogSearch } from "./use-log-search.ts";
import { useLogStore } from "./use-log-store.ts";

/** The log of a run: at its end while it runs, at the first error when it failed, at the line that the URL names. */
export function LogViewer({ run }: { readonly run: Run }) {
  const { language, text } = useLanguage();
  const words = text.logs;
  const api = useApi();
  const source = useMemo(() => apiLogSource(api, run.request, run.id), [api, run.request, run.id]);
  const store = useLogStore(source, run.state, run.logBytes);
  const [wrap, setWrap] = useKeptSwitch("gantry.log.wrap", isPhone);
  const [times, setTimes] = useKeptSwitch("gantry.log.times", never);
  const [searching, setSearching] = useState(false);
  const [current, setCurrent] = useState<number>();
  const input = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const scroll = useLogScroll(store.total, wrap, scroller, rows);
  const goTo = (line: number): void => {
    setCurrent(line);
    scroll.goTo(line);
  };
  const search = useLogSearch(source, ({ line }) => goTo(line));
  const toFirstError = (): void => search.toFirstError(() => showNotice({ message: words.noError }));
  const { status, total } = store;

  const ready = status !== "loading" && status !== "failed";
  const begun = useRef(false);
  useEffect(() => {
    if (!ready || begun.current) return undefined;
    const frame = requestAnimationFrame(() => {
      begun.current = true;
      const line = lineInAddress();
      if (line !== undefined) goTo(line);
      else if (run.state === "failed" || run.state === "lost") search.toFirstError(() => undefined);
    });
    return () => cancelAnimationFrame(frame);
  });

  const openSearch = (): void => {
    setSearching(true);
    requestAnimationFrame(() => input.current?.select());
  };
  useLogKeys({
    "/": openSearch,
    n: search.next,
    N: search.previous,
    g: scroll.toTop,
    G: () => scroll.follow(true),
    f: () => scroll.follow(!scroll.following),
    w: () => setWrap(!wrap),
    e: toFirstError,
  });

  // Of a log that has ended nothing is new, even if its end came after its beginning.
  const unseen = status === "ended" ? 0 : scroll.unseen;
  const onLink = useCallback((line: number) => {
    setCurrent(line);
    history.replaceState(history.state, "", `#L${line + 1}`);
  }, []);

  return (
    <section className={classes.viewer} aria-label={words.title}>
      <LogToolbar
        status={status}
        total={total}
        download={addressOf("GET /runs/:id/log", { params: { id: run.id }, query: { download: true } })}
        following={scroll.following}
        wrap={wrap}
        times={times}
        searching={searching}
        onFollow={() => scroll.follow(!scroll.following)}
        onFirstError={toFirstError}
        onSearch={openSearch}
        onWrap={() => setWrap(!wrap)}
        onTimes={() => setTimes(!times)}
      />
      {searching && (
        <LogSearchBar
          ref={input}
          search={search}
          onStart={(query) => search.start(query, scroll.line)}
          onClose={() => {
            setSearching(false);
            search.stop();
            scroller.current?.focus();
          }}
        />
      )}
      {status === "failed" && <ProblemAlert error={asError(store.problem)} retry={() => store.retry()} />}
      <div className={classes.paper}>
        <LogLines
          store={store}
          scroll={scroll}
          scrollerRef={scroller}
          rowsRef={rows}
          wrap={wrap}
          times={times}
          query={search.query}
          current={current}
          onLink={onLink}
        />
        {unseen > 0 && (
          <Button
            size="compact-sm"
            className={classes.newLines}
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => scroll.follow(true)}
          >
            {unseen === 1 ? words.newLine : words.newLines(count(unseen, language))}
          </Button>
        )}
      </div>
      {run.logCut && (
        <Alert color="yellow" variant="light">
          {words.cut}
        </Alert>
      )}
      <LogNews store={store} />
    </section>
  );
}

function isPhone(): boolean {
  return matchMedia("(max-width: 640px)").matches;
}

function never(): boolean {
  return false;
}

/** The line that the address ends with, as `#L812`; from 0. */
function lineInAddress(): number | undefined {
  const line = /^#L(\d{1,10})$/u.exec(location.hash)?.[1];
  return line === undefined ? undefined : Math.max(0, Number(line) - 1);
}

function asError(problem: unknown): Error {
  return problem instanceof Error ? problem : new Error(String(problem));
}
