import { ActionIcon, Tooltip } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconArrowDown from "@tabler/icons-react/icons/IconArrowDown";
import IconClock from "@tabler/icons-react/icons/IconClock";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import IconTextWrap from "@tabler/icons-react/icons/IconTextWrap";
import type { ReactNode } from "react";
import { count } from "../locales/format.ts";
import { useLanguage } from "../locales/language.tsx";
import type { LogStatus } from "./log-store.ts";
import classes from "./log.module.css";

interface LogToolbarProps {
  readonly status: LogStatus;
  readonly total: number;
  readonly download: string;
  readonly following: boolean;
  readonly wrap: boolean;
  readonly times: boolean;
  readonly searching: boolean;
  readonly onFollow: () => void;
  readonly onFirstError: () => void;
  readonly onSearch: () => void;
  readonly onWrap: () => void;
  readonly onTimes: () => void;
}

const TONES: Readonly<Record<LogStatus, string>> = {
  loading: "quiet",
  live: "good",
  stale: "doubtful",
  ended: "quiet",
  failed: "bad",
};

/** Above the log: how live it is, and what can be done with it. */
export function LogToolbar(props: LogToolbarProps) {
  const { language, text } = useLanguage();
  const words = text.logs;
  return (
    <div className={classes.toolbar}>
      <h2 className={classes.title}>{words.title}</h2>
      <Tooltip label={words.statusHint[props.status]} multiline maw={320}>
        <span className={classes.status} data-tone={TONES[props.status]}>
          <span className={classes.dot} aria-hidden />
          {words.status[props.status]}
        </span>
      </Tooltip>
      <span className={classes.total}>{words.lines(props.total, count(props.total, language))}</span>
      <div className={classes.tools}>
        <Tool label={words.follow} hint={words.followHint} on={props.following} onClick={props.onFollow}>
          <IconArrowDown size={16} aria-hidden />
        </Tool>
        <Tool label={words.firstError} hint={words.firstErrorHint} onClick={props.onFirstError}>
          <IconAlertTriangle size={16} aria-hidden />
        </Tool>
        <Tool label={words.search} hint={words.searchHint} on={props.searching} quiet onClick={props.onSearch}>
          <IconSearch size={16} aria-hidden />
        </Tool>
        <Tool label={words.wrap} hint={words.wrapHint} on={props.wrap} onClick={props.onWrap}>
          <IconTextWrap size={16} aria-hidden />
        </Tool>
        <Tool label={words.times} hint={words.timesHint} on={props.times} onClick={props.onTimes}>
          <IconClock size={16} aria-hidden />
        </Tool>
        <Tooltip label={words.download}>
          <ActionIcon
            component="a"
            href={props.download}
            download
            variant="subtle"
            color="gray"
            aria-label={words.download}
          >
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly hint: string;
  /** Whether what it switches is on; undefined: it switches nothing. */
  readonly on?: boolean;
  /** Only the icon, also where there is room for the word. */
  readonly quiet?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ label, hint, on, quiet = false, onClick, children }: ToolProps) {
  return (
    <Tooltip label={hint}>
      <button type="button" className={classes.tool} aria-pressed={on} aria-label={label} onClick={onClick}>
        {children}
        {!quiet && <span className={classes.toolWord}>{label}</span>}
      </button>
    </Tooltip>
  );
}
