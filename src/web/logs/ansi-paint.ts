import type { AnsiColour, AnsiStyle } from "./ansi-style.ts";

export type Scheme = "light" | "dark";
type Rgb = readonly [red: number, green: number, blue: number];

/** What a piece of text is painted with; absent: as the surroundings. */
export interface Paint {
  readonly color?: string;
  readonly backgroundColor?: string;
}

/** Contrast that text must have with what is behind it: WCAG 2.2, 1.4.3, level AA. */
const LEAST_CONTRAST = 4.5;

/** Behind the log, and its text without colours. As log.module.css has them. */
export const LOG_PAPER: Readonly<Record<Scheme, Rgb>> = { light: [255, 255, 255], dark: [26, 27, 30] };
export const LOG_INK: Readonly<Record<Scheme, Rgb>> = { light: [33, 37, 41], dark: [222, 226, 230] };

/** The sixteen colours of a terminal, chosen for either paper; black and white are those that can be seen on it. */
const SIXTEEN: Readonly<Record<Scheme, readonly Rgb[]>> = {
  light: [
    [33, 37, 41],
    [192, 28, 40],
    [24, 121, 56],
    [140, 90, 0],
    [18, 72, 180],
    [136, 36, 140],
    [8, 112, 128],
    [92, 99, 106],
    [92, 99, 106],
    [214, 40, 50],
    [28, 130, 62],
    [150, 98, 0],
    [30, 94, 210],
    [160, 50, 165],
    [10, 122, 140],
    [33, 37, 41],
  ],
  dark: [
    [144, 150, 158],
    [255, 122, 122],
    [105, 209, 125],
    [240, 195, 80],
    [122, 172, 255],
    [224, 146, 240],
    [90, 205, 220],
    [222, 226, 230],
    [144, 150, 158],
    [255, 150, 150],
    [140, 226, 156],
    [250, 214, 120],
    [152, 192, 255],
    [234, 172, 246],
    [128, 220, 232],
    [255, 255, 255],
  ],
};

/** As a background the sixteen are what terminals have: black is black. */
const SIXTEEN_BEHIND: readonly Rgb[] = [
  [0, 0, 0],
  [170, 30, 30],
  [30, 130, 50],
  [190, 140, 20],
  [30, 70, 170],
  [140, 40, 140],
  [20, 120, 135],
  [210, 212, 216],
  [90, 96, 104],
  [225, 70, 70],
  [70, 180, 90],
  [235, 195, 70],
  [80, 130, 230],
  [190, 90, 190],
  [60, 180, 195],
  [255, 255, 255],
];

/** The colours of a style, readable in the scheme whatever the program chose. */
export function paintOf(style: AnsiStyle, scheme: Scheme): Paint {
  const { foreground, background, inverse = false, dim = false } = style;
  if (foreground === undefined && background === undefined && !inverse && !dim) return {};
  const paper = LOG_PAPER[scheme];
  const front = foreground === undefined ? LOG_INK[scheme] : inFront(foreground, scheme);
  const behind = background === undefined ? paper : rgbOf(background, SIXTEEN_BEHIND);
  const [ink, under] = inverse ? [behind, front] : [front, behind];
  const text = readable(dim ? mixed(ink, under, 0.35) : ink, under);
  return {
    color: css(text),
    ...((background !== undefined || inverse) && { backgroundColor: css(under) }),
  };
}

function inFront(colour: AnsiColour, scheme: Scheme): Rgb {
  return rgbOf(colour, SIXTEEN[scheme]);
}

/** xterm's 256 colours: 16, then a cube of 6 by 6 by 6, then 24 greys. */
function rgbOf(colour: AnsiColour, sixteen: readonly Rgb[]): Rgb {
  if (typeof colour !== "number") return colour;
  if (colour < 16) return sixteen[colour] ?? [0, 0, 0];
  if (colour >= 232) {
    const grey = 8 + (colour - 232) * 10;
    return [grey, grey, grey];
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const index = colour - 16;
  return [level(Math.floor(index / 36)), level(Math.floor(index / 6) % 6), level(index % 6)];
}

/** The colour, moved towards black or white as far as it takes to be read on what is behind it. */
function readable(ink: Rgb, under: Rgb): Rgb {
  if (contrast(ink, under) >= LEAST_CONTRAST) return ink;
  const ends: readonly Rgb[] = [
    [0, 0, 0],
    [255, 255, 255],
  ];
  const end = ends.toSorted((a, b) => contrast(b, under) - contrast(a, under))[0] ?? ink;
  for (let part = 0.1; part < 1; part += 0.1) {
    const moved = mixed(ink, end, part);
    if (contrast(moved, under) >= LEAST_CONTRAST) return moved;
  }
  return end;
}

function mixed(from: Rgb, to: Rgb, part: number): Rgb {
  const between = (a: number, b: number): number => Math.round(a + (b - a) * part);
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])];
}

/** Contrast ratio of WCAG 2.2, from 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number): number => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
