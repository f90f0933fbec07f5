import { ActionIcon, Loader, TextInput, Tooltip } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/icons/IconChevronDown";
import IconChevronUp from "@tabler/icons-react/icons/IconChevronUp";
import IconX from "@tabler/icons-react/icons/IconX";
import { type ReactNode, type Ref, useState } from "react";
import { problemWords } from "../components/problem-alert.tsx";
import { count } from "../locales/format.ts";
import { useLanguage } from "../locales/language.tsx";
import classes from "./log.module.css";
import type { LogSearching } from "./use-log-search.ts";

interface LogSearchBarProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly search: LogSearching;
  readonly onStart: (query: string) => void;
  readonly onClose: () => void;
}

/** Searches the whole log on the server: Enter begins and goes on, Shift-Enter goes back, Escape closes. */
export function LogSearchBar({ ref, search, onStart, onClose }: LogSearchBarProps) {
  const { text } = useLanguage();
  const words = text.logs;
  const [typed, setTyped] = useState(search.query);
  const enter = (back: boolean): void => {
    if (typed === "") search.stop();
    else if (typed !== search.query) onStart(typed);
    else if (back) search.previous();
    else search.next();
  };
  return (
    <div className={classes.searchBar}>
      <TextInput
        ref={ref}
        size="xs"
        className={classes.searchInput}
        value={typed}
        maxLength={500}
        placeholder={words.search}
        aria-label={words.search}
        autoComplete="off"
        spellCheck={false}
        rightSection={search.busy ? <Loader size={14} /> : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            enter(event.shiftKey);
          } else if (event.key === "Escape") {
            event.preventDefault();
            onClose();
          }
        }}
      />
      <span role="status" className={classes.matches}>
        {search.error === undefined ? <Found search={search} /> : problemWords(search.error, text).title}
      </span>
      <Step label={words.previous} onClick={() => enter(true)}>
        <IconChevronUp size={16} aria-hidden />
      </Step>
      <Step label={words.next} onClick={() => enter(false)}>
        <IconChevronDown size={16} aria-hidden />
      </Step>
      <Step label={words.closeSearch} onClick={onClose}>
        <IconX size={16} aria-hidden />
      </Step>
    </div>
  );
}

function Found({ search: { result, query, busy } }: { readonly search: LogSearching }) {
  const { language, text } = useLanguage();
  if (query === "") return null;
  if (result === undefined) return busy ? text.logs.searching : null;
  const { lines, more } = result.count;
  if (lines === 0) return text.logs.noMatches;
  const { place } = result;
  return text.logs.matches(place === undefined ? undefined : count(place, language), count(lines, language), more);
}

function Step(props: { readonly label: string; readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon variant="subtle" color="gray" aria-label={props.label} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
