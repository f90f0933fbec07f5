import { Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/api.tsx";
import { Link } from "../components/link.tsx";
import { useText } from "../locales/language.tsx";
import { paths } from "../paths.ts";
import { EnvironmentProvider, lineColour, useEnvironment } from "./environment.tsx";
import { EnvironmentSwitch } from "./environment-switch.tsx";
import classes from "./frame.module.css";
import { Logo } from "./logo.tsx";
import { Preferences } from "./preferences.tsx";
import { Rail } from "./rail.tsx";
import { SearchButton } from "./search-button.tsx";
import { UserMenu } from "./user-menu.tsx";

const NARROW_STORED_AS = "gantry.rail";

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  const { live } = useApi();
  useEffect(() => live.open(), [live]);
  return (
    <EnvironmentProvider>
      <Frame />
    </EnvironmentProvider>
  );
}

function Frame() {
  const text = useText().frame;
  const { chosen, page } = useEnvironment();
  const [narrow, setNarrow] = useState(storedNarrow);
  const environment = page ?? chosen;
  const main = useFocusOnNewPage();
  return (
    <div className={classes.frame} data-narrow={narrow || undefined}>
      <a href="#main" className={classes.skip}>
        {text.skip}
      </a>
      <div
        className={classes.line}
        style={environment === null ? undefined : { background: lineColour(environment) }}
        data-protected={environment?.protected || undefined}
      />
      <header className={classes.top}>
        <Link href={paths.now()} className={classes.home} aria-label={text.home}>
          <Logo />
          <span className={classes.homeName} aria-hidden>
            Gantry
          </span>
        </Link>
        <EnvironmentSwitch />
        <SearchButton />
        <div className={classes.preferences}>
          <Preferences />
        </div>
        <UserMenu />
      </header>
      <Rail
        narrow={narrow}
        onNarrow={(next) => {
          setNarrow(next);
          storeNarrow(next);
        }}
      />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}

/** After a change of page the focus is at its beginning, so that a screen reader reads it and Tab starts there. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function storedNarrow(): boolean {
  try {
    return localStorage.getItem(NARROW_STORED_AS) === "narrow";
  } catch {
    return false;
  }
}

function storeNarrow(narrow: boolean): void {
  try {
    localStorage.setItem(NARROW_STORED_AS, narrow ? "narrow" : "wide");
  } catch {
    // Storage is turned off: the choice lasts as long as the page.
  }
}
