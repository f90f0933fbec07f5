/** What a person calls the browser and system that a User-Agent header tells of; undefined: it cannot be told. */
export interface BrowserName {
  readonly browser: string | undefined;
  readonly system: string | undefined;
}

/** In this order: most also call themselves by the names that stand further down. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//u, "Edge"],
  [/\bOPR\//u, "Opera"],
  [/\bMicroMessenger\//u, "WeChat"],
  [/\bDingTalk\//u, "DingTalk"],
  [/\bLark\/|\bFeishu\//u, "Feishu"],
  [/\bFirefox\/|\bFxiOS\//u, "Firefox"],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//u, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//u, "Safari"],
  [/^curl\//u, "curl"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/u, "Android"],
  [/\biPhone\b/u, "iPhone"],
  [/\biPad\b/u, "iPad"],
  [/\bWindows\b/u, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/u, "macOS"],
  [/\bCrOS\b/u, "ChromeOS"],
  [/\bLinux\b/u, "Linux"],
];

export function browserName(agent: string): BrowserName {
  const first = (names: typeof BROWSERS): string | undefined => names.find(([sign]) => sign.test(agent))?.[1];
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
