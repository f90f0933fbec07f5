import { useState } from "react";

/** Something that is on or off, and stays so for the next visit; before it was ever switched as `first` says. */
export function useKeptSwitch(storedAs: string, first: () => boolean): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      const stored = localStorage.getItem(storedAs);
      return stored === null ? first() : stored === "on";
    } catch {
      return first();
    }
  });
  return [
    on,
    (next) => {
      setOn(next);
      try {
        localStorage.setItem(storedAs, next ? "on" : "off");
      } catch {
        // Storage is turned off: the choice lasts as long as the page.
      }
    },
  ];
}
