import { CloseButton } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconInfoCircle from "@tabler/icons-react/icons/IconInfoCircle";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "../locales/language.tsx";
import classes from "./notices.module.css";

interface Notice {
  readonly message: ReactNode;
  /** `good`: something was done. */
  readonly tone?: "good" | "plain";
}

const EVENT = "gantry:notice";
const SHOWN = 6000;

/** Says in passing that something was done; what a person must not miss belongs into the page. */
export function showNotice(notice: Notice): void {
  window.dispatchEvent(new CustomEvent<Notice>(EVENT, { detail: notice }));
}

/** Where notices appear. */
export function Notices() {
  const text = useText().general;
  const [shown, setShown] = useState<readonly (Notice & { readonly key: number })[]>([]);
  const next = useRef(0);
  const held = useRef(false);

  useEffect(() => {
    const add = (event: Event): void => {
      const key = next.current++;
      setShown((old) => [...old.slice(-2), { ...(event as CustomEvent<Notice>).detail, key }]);
      const end = (): void => {
        // Whoever is reading or about to click is not hurried.
        if (held.current) setTimeout(end, 1000);
        else setShown((old) => old.filter((each) => each.key !== key));
      };
      setTimeout(end, SHOWN);
    };
    window.addEventListener(EVENT, add);
    return () => window.removeEventListener(EVENT, add);
  }, []);

  const hold = (on: boolean) => (): void => {
    held.current = on;
  };
  return (
    // Reading or pointing only holds what is shown; nothing is done by it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="status"
      className={classes.notices}
      onMouseEnter={hold(true)}
      onMouseLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      {shown.map(({ key, message, tone }) => (
        <div key={key} className={classes.notice} data-tone={tone ?? "plain"}>
          {tone === "good" ? <IconCheck size={18} aria-hidden /> : <IconInfoCircle size={18} aria-hidden />}
          <div className={classes.message}>{message}</div>
          <CloseButton
            size="sm"
            aria-label={text.close}
            onClick={() => {
              held.current = false;
              setShown((old) => old.filter((each) => each.key !== key));
            }}
          />
        </div>
      ))}
    </div>
  );
}
