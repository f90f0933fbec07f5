import { type ComponentProps, useState, useSyncExternalStore } from "react";
import type { RequestListItem } from "../../../contract/requests.ts";

/** Requests up to the newest that is shown, and how many newer ones wait; ids grow with time. */
export function splitAt<T extends { readonly id: number }>(
  requests: readonly T[],
  newest: number | undefined,
): { readonly shown: readonly T[]; readonly waiting: number } {
  if (newest === undefined) return { shown: requests, waiting: 0 };
  const shown = requests.filter(({ id }) => id <= newest);
  return { shown, waiting: requests.length - shown.length };
}

interface NewRequests {
  readonly shown: readonly RequestListItem[];
  /** How many there are that are not shown. */
  readonly waiting: number;
  readonly show: () => void;
  /** To be put on the element around the list. */
  readonly list: Pick<ComponentProps<"div">, "onPointerEnter" | "onPointerLeave" | "onFocus" | "onBlur">;
}

/**
 * New requests appear at the top by themselves, but not while somebody is at the list: then they wait, so that nothing
 * moves under the pointer, away from the focus, or while one reads further down.
 */
export function useNewRequests(requests: readonly RequestListItem[]): NewRequests {
  const newest = requests[0]?.id;
  const [shownTo, setShownTo] = useState(newest);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const scrolled = useSyncExternalStore(onScroll, isScrolled);
  const { shown, waiting } = splitAt(requests, shownTo);
  const read = pointed || focused || scrolled;
  // Where a filter leaves nothing of what was shown, there is nothing to move.
  if (newest !== shownTo && (!read || shown.length === 0)) setShownTo(newest);
  return {
    shown,
    waiting,
    show: () => setShownTo(newest),
    list: {
      // A finger is gone once it has touched.
      onPointerEnter: ({ pointerType }) => setPointed(pointerType !== "touch"),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}

function onScroll(listener: () => void): () => void {
  window.addEventListener("scroll", listener, { passive: true });
  return () => window.removeEventListener("scroll", listener);
}

function isScrolled(): boolean {
  return window.scrollY > 0;
}
