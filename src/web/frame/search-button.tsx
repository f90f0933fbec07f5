import { Kbd, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { lazy, Suspense, useEffect, useState } from "react";
import { useText } from "../locales/language.tsx";
import classes from "./frame.module.css";

const load = () => import("./search.tsx");
const Search = lazy(async () => ({ default: (await load()).Search }));

/** Opens the search, as Ctrl-K does anywhere. */
export function SearchButton() {
  const text = useText().frame.search;
  const [opened, setOpened] = useState(false);
  // Once the page is there, so that the first letters after Ctrl-K are not lost to loading.
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), 1000);
    return () => clearTimeout(timer);
  }, []);
  useHotkeys([["mod+K", () => setOpened(true)]], []);
  return (
    <>
      <UnstyledButton className={classes.search} onClick={() => setOpened(true)} aria-keyshortcuts="Control+K">
        <IconSearch size={16} aria-hidden />
        <span className={classes.searchWord}>{text.open}</span>
        <Kbd size="xs" className={classes.searchKey} aria-hidden>
          Ctrl K
        </Kbd>
      </UnstyledButton>
      {opened && (
        <Suspense fallback={null}>
          <Search onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
