import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  anchorAt,
  anchorOf,
  bottomAnchor,
  fractionOf,
  HIGHEST,
  isAtBottom,
  moveBy,
  notBeyond,
  scrollHeight,
  TOP,
  type LogGeometry,
  type ScrollAnchor,
} from "./scroll-anchor.ts";

/** Pixels, as log.module.css has them. */
export const LINE_HEIGHT = 20;

export interface LogScroll {
  /** Height of the element that the scrollbar belongs to. */
  readonly height: number;
  /** Lines that are to be drawn: from, and up to but not including. */
  readonly from: number;
  readonly to: number;
  /** Where the first of them begins, in pixels of that element. */
  readonly top: number;
  /** The line at the upper edge. */
  readonly line: number;
  readonly following: boolean;
  /** Lines that have come since the end was left. */
  readonly unseen: number;
  readonly onScroll: () => void;
  readonly follow: (on: boolean) => void;
  readonly goTo: (line: number) => void;
  readonly toTop: () => void;
}

interface View {
  readonly anchor: ScrollAnchor;
  /** What the scrollbar stands at, or is to be put at. */
  readonly scrollTop: number;
  /** Whether somebody moves the scrollbar: it is ahead of what is known of it, and not to be put back. */
  readonly moving: boolean;
  /** Lines that there were when the end was left; undefined while it is followed. */
  readonly seen: number | undefined;
}

/** Milliseconds without a movement after which the scrollbar is put where the anchor is. */
const STILL = 150;

type Element = RefObject<HTMLDivElement | null>;

/**
 * Scrolling through `total` lines by an anchor; see scroll-anchor.ts. `scroller` has the scrollbar, the children of
 * `rows` are the lines.
 */
export function useLogScroll(total: number, wrap: boolean, scroller: Element, rows: Element): LogScroll {
  const size = useSize(scroller);
  const { heightOf, measure } = useHeights(wrap, size.width);
  const [view, setView] = useState<View>({ anchor: TOP, scrollTop: 0, moving: false, seen: undefined });
  const still = useRef<ReturnType<typeof setTimeout>>(undefined);

  const following = view.seen === undefined;
  const geometry: LogGeometry = { total, viewport: size.height, lineHeight: LINE_HEIGHT, heightOf };
  const height = scrollHeight(geometry);
  const room = height - size.height;
  const at = following ? bottomAnchor(geometry) : notBeyond(view.anchor, geometry);
  const scrollTop = following ? room : view.scrollTop;

  const placed = (anchor: ScrollAnchor): Pick<View, "anchor" | "scrollTop" | "moving"> => ({
    anchor,
    scrollTop: Math.round(fractionOf(anchor, geometry) * room),
    moving: false,
  });
  const leaveAt = (anchor: ScrollAnchor): void => setView({ ...placed(anchor), seen: view.seen ?? total });
  const settle = useLatest(() =>
    setView((newest) =>
      newest.seen === undefined ? newest : { ...placed(notBeyond(newest.anchor, geometry)), seen: newest.seen },
    ),
  );

  const onScroll = (): void => {
    const element = scroller.current;
    // While the element changes its size the browser moves the scrollbar by itself.
    if (element === null || element.clientHeight !== size.height) return;
    const now = element.scrollTop;
    const moved = now - scrollTop;
    // What was set from here comes back as an event.
    if (Math.abs(moved) < 1) return;
    const exact = !wrap && total * LINE_HEIGHT <= HIGHEST;
    // At either end the bar is right, however small its last step there was (browsers scroll smoothly).
    const atEnd = now <= 0 || now >= room;
    const small = Math.abs(moved) <= size.height * 1.5 && !atEnd;
    const anchor = !exact && small ? moveBy(at, moved, geometry) : anchorOf(room === 0 ? 0 : now / room, geometry);
    const seen = isAtBottom(anchor, geometry) ? undefined : (view.seen ?? total);
    setView({ anchor, scrollTop: now, moving: true, seen });
    clearTimeout(still.current);
    still.current = setTimeout(() => settle.current(), atEnd ? 0 : STILL);
  };
  useEffect(() => () => clearTimeout(still.current), []);
  useEffect(() => {
    if (size.height > 0) settle.current();
  }, [settle, size]);

  const moving = !following && view.moving;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!moving && element !== null && Math.abs(element.scrollTop - scrollTop) >= 1)
      element.scrollTo({ top: scrollTop });
  }, [scroller, scrollTop, moving]);
  useLayoutEffect(() => measure(rows.current));

  const around = Math.ceil(size.height / LINE_HEIGHT);
  const from = Math.max(0, at.line - around);
  const to = Math.min(total, at.line + 2 * around + 1);
  let top = scrollTop - at.offset;
  for (let line = from; line < at.line; line++) top -= heightOf(line);

  return {
    height,
    from,
    to,
    top,
    line: at.line,
    following,
    unseen: total - (view.seen ?? total),
    onScroll,
    follow: (on) => (on ? setView({ ...view, seen: undefined }) : leaveAt(at)),
    goTo: (line) => leaveAt(anchorAt(line, geometry)),
    toTop: () => leaveAt(TOP),
  };
}

/** The newest of a function, for timers. */
function useLatest(latest: () => void): RefObject<() => void> {
  const ref = useRef(latest);
  useLayoutEffect(() => {
    ref.current = latest;
  });
  return ref;
}

function useSize(element: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const look = (): void => setSize({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(current);
    look();
    return () => observer.disconnect();
  }, [element]);
  return size;
}

interface Heights {
  /** What they were measured for: lines wrap anew in another width. */
  readonly width: number;
  readonly of: ReadonlyMap<number, number>;
}

/** Heights of wrapped lines, measured once they are drawn. */
function useHeights(wrap: boolean, width: number) {
  const [heights, setHeights] = useState<Heights>({ width: 0, of: new Map() });
  const known = wrap && heights.width === width ? heights.of : undefined;
  const measure = (rows: HTMLElement | null): void => {
    if (!wrap || rows === null) return;
    const changed = [...rows.children]
      .map((row) => [Number((row as HTMLElement).dataset["line"]), (row as HTMLElement).offsetHeight] as const)
      .filter(([line, height]) => known?.get(line) !== height);
    if (changed.length > 0) setHeights({ width, of: new Map([...(known ?? []), ...changed]) });
  };
  return { heightOf: (line: number) => known?.get(line) ?? LINE_HEIGHT, measure };
}
