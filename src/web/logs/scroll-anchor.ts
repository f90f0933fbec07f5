/**
 * Scrolling through more lines than a browser can make an element high (Firefox stops at about 17.8 million pixels,
 * Chromium at 33 million). What is shown is an anchor: a line and the pixels of it that are above the top edge. The
 * scrollbar only tells about where that is; small moves are exact, large ones go to the part of the log that the bar
 * points to.
 */
export interface ScrollAnchor {
  readonly line: number;
  /** Pixels of the line that are above the top edge. */
  readonly offset: number;
}

export const TOP: ScrollAnchor = { line: 0, offset: 0 };

/** No element gets higher than this. */
export const HIGHEST = 8_000_000;

/** What the anchor moves through. */
export interface LogGeometry {
  readonly total: number;
  /** Height of the part that is seen. */
  readonly viewport: number;
  /** Height of a line that was not measured. */
  readonly lineHeight: number;
  /** The height of a line, as far as it is known. */
  readonly heightOf: (line: number) => number;
}

/** The height of the element that the scrollbar belongs to. */
export function scrollHeight({ total, lineHeight, viewport }: LogGeometry): number {
  return Math.max(viewport, Math.min(HIGHEST, total * lineHeight));
}

/** The anchor at which the last line ends at the bottom edge; the top, if all lines fit. */
export function bottomAnchor({ total, viewport, heightOf }: LogGeometry): ScrollAnchor {
  let above = viewport;
  for (let line = total - 1; line >= 0; line--) {
    above -= heightOf(line);
    if (above <= 0) return { line, offset: 0 - above };
  }
  return TOP;
}

/** The anchor so many pixels further down, or up; not beyond either end. */
export function moveBy(anchor: ScrollAnchor, pixels: number, geometry: LogGeometry): ScrollAnchor {
  let { line } = anchor;
  let offset = anchor.offset + pixels;
  while (offset < 0 && line > 0) {
    line--;
    offset += geometry.heightOf(line);
  }
  if (offset < 0) return TOP;
  while (line < geometry.total - 1 && offset >= geometry.heightOf(line)) {
    offset -= geometry.heightOf(line);
    line++;
  }
  return notBeyond({ line, offset }, geometry);
}

/** The anchor that shows a line with a third of the view above it. */
export function anchorAt(line: number, geometry: LogGeometry): ScrollAnchor {
  const at = Math.max(0, Math.min(line, geometry.total - 1));
  return moveBy({ line: at, offset: 0 }, -Math.floor(geometry.viewport / 3), geometry);
}

/** Where the anchor is between top (0) and bottom (1). */
export function fractionOf(anchor: ScrollAnchor, geometry: LogGeometry): number {
  const bottom = position(bottomAnchor(geometry), geometry);
  return bottom === 0 ? 0 : Math.min(1, position(anchor, geometry) / bottom);
}

/** The anchor at a part of the way between top (0) and bottom (1). */
export function anchorOf(fraction: number, geometry: LogGeometry): ScrollAnchor {
  const bottom = bottomAnchor(geometry);
  if (fraction >= 1) return bottom;
  const at = Math.max(0, fraction) * position(bottom, geometry);
  const line = Math.floor(at);
  return notBeyond({ line, offset: (at - line) * geometry.heightOf(line) }, geometry);
}

/** True where the bottom edge is within a line of the end. */
export function isAtBottom(anchor: ScrollAnchor, geometry: LogGeometry): boolean {
  return position(anchor, geometry) >= position(moveUp(bottomAnchor(geometry), geometry), geometry);
}

function moveUp(anchor: ScrollAnchor, geometry: LogGeometry): ScrollAnchor {
  return moveBy(anchor, -geometry.lineHeight / 2, geometry);
}

/** The anchor, or the bottom where that comes first. */
export function notBeyond(anchor: ScrollAnchor, geometry: LogGeometry): ScrollAnchor {
  const bottom = bottomAnchor(geometry);
  return position(anchor, geometry) > position(bottom, geometry) ? bottom : anchor;
}

/** In lines and parts of a line. */
function position({ line, offset }: ScrollAnchor, { heightOf }: LogGeometry): number {
  const height = heightOf(line);
  return line + (height > 0 ? Math.min(1, offset / height) : 0);
}
