import { useEffect, useRef } from "react";

export type LogKey = "/" | "n" | "N" | "g" | "G" | "f" | "w" | "e";

/** Calls an action when its key is pressed anywhere on the page, but where something is typed or chosen. */
export function useLogKeys(actions: Readonly<Record<LogKey, () => void>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target } = event;
      const busy = "input, textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=menu]";
      if (target instanceof Element && target.closest(busy) !== null) return;
      if (!Object.hasOwn(latest.current, event.key)) return;
      event.preventDefault();
      latest.current[event.key as LogKey]();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
