import { type Browser, chromium, type Page } from "playwright-core";
import { inject } from "vitest";
import { type FakeConsole, startFakeConsole } from "../fakes/console/fake-console.ts";
import type { FakeWorld } from "../fakes/console/fake-world.ts";

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly language?: "en" | "zh-CN";
  readonly scheme?: "light" | "dark";
}

/** Somebody at a browser, in front of a fake console of their own. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  readonly console: FakeConsole;
  readonly open: (path: string) => Promise<void>;
  /** What the browser complained about: errors of scripts and of the Content-Security-Policy. */
  readonly complaints: string[];
}

/** A browser for all tests of a file. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    timeout: 30_000,
  });
}

/** Opens a window with a fake console of this world behind it. */
export async function visit(browser: Browser, world: FakeWorld, look: Look = {}): Promise<Visitor> {
  const server = await startFakeConsole(inject("pages"), world);
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    locale: look.language ?? "en",
    colorScheme: look.scheme ?? "light",
    timezoneId: "Asia/Shanghai",
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (message) => {
    // Answers that are no success are logged by the browser itself, and are what some tests are about.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text());
    }
  });
  return {
    page,
    console: server,
    complaints,
    open: async (path) => {
      await page.goto(server.url + path);
      await page.locator("main h1").first().waitFor();
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await server.close();
    },
  };
}
