import { useState } from "react";

/** Something that is on or off, and stays so for the next visit. */
export function useKeptSwitch(storedAs: string): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(storedAs) === "on";
    } catch {
      return false;
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
