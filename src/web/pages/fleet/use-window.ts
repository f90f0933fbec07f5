import { useCallback, useEffect, useState } from "react";

/** Rows and columns that are drawn, `to` exclusive. */
export interface Drawn {
  readonly rows: { readonly from: number; readonly to: number };
  readonly columns: { readonly from: number; readonly to: number };
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly columnWidth: number;
}

/** Rows and columns beyond the edge that are drawn too, so that scrolling shows no gaps. */
const BEYOND = 4;

/** Which part of a large table is in view: only that is drawn. `ref` is for what scrolls. */
export function useWindow(grid: Grid): { readonly ref: (element: HTMLElement | null) => void; readonly drawn: Drawn } {
  const { rows, columns, rowHeight, columnWidth } = grid;
  const [element, setElement] = useState<HTMLElement | null>(null);
  // Before anything is measured, a screenful.
  const [view, setView] = useState({ top: 0, left: 0, height: 900, width: 1900 });
  useEffect(() => {
    if (element === null) return undefined;
    const measure = (): void => {
      const next = {
        top: step(element.scrollTop, rowHeight),
        left: step(element.scrollLeft, columnWidth),
        height: element.clientHeight,
        width: element.clientWidth,
      };
      setView((before) => (same(before, next) ? before : next));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [element, rowHeight, columnWidth]);
  const ref = useCallback((next: HTMLElement | null) => setElement(next), []);
  return {
    ref,
    drawn: {
      rows: range(view.top, view.height, rowHeight, rows),
      columns: range(view.left, view.width, columnWidth, columns),
    },
  };
}

/** Only every few rows something else is drawn. */
function step(offset: number, size: number): number {
  const steps = size * (BEYOND / 2);
  return Math.floor(offset / steps) * steps;
}

function range(offset: number, extent: number, size: number, count: number): { from: number; to: number } {
  const from = Math.min(Math.max(0, Math.floor(offset / size) - BEYOND), count);
  return { from, to: Math.min(count, Math.ceil((offset + extent) / size) + BEYOND + BEYOND / 2) };
}

function same<T extends object>(left: T, right: T): boolean {
  return (Object.keys(left) as (keyof T)[]).every((key) => left[key] === right[key]);
}
