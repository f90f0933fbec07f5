import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { type Catalogue, type Language, LANGUAGE_TAGS, loadCatalogue } from "../../src/web/locales/catalogue.ts";

export interface Look {
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  /** `name=value` of a session that was begun elsewhere: whoever comes is signed in already. */
  readonly cookie?: string;
}

/** The zone that everybody lives in: another one than the machine's, so that a mixed-up zone shows. */
export const ZONE = "Asia/Shanghai";
/** Milliseconds for which a page is waited for; what takes longer has a deadline of its own. */
const PATIENCE = 30_000;

/** A page, or a part of it. */
export type Scope = Pick<Page, "getByRole" | "getByLabel" | "getByText">;

/** Somebody at a browser in front of the console, who knows its pages by what they say. */
export class Person implements AsyncDisposable {
  readonly page: Page;
  readonly text: Catalogue;
  readonly language: Language;
  readonly url: string;
  /** What the browser complained about: errors of scripts and of the Content-Security-Policy. */
  readonly complaints: string[] = [];

  private constructor(page: Page, url: string, language: Language, text: Catalogue) {
    this.page = page;
    this.url = url;
    this.language = language;
    this.text = text;
    page.on("pageerror", (error) => this.complaints.push(error.stack ?? error.message));
    page.on("console", (message) => {
      // Answers that are no success and connections that fail are logged by the browser itself.
      const own = /^(Failed to load resource|WebSocket connection to)/.test(message.text());
      if (message.type() === "error" && !own) this.complaints.push(message.text());
    });
  }

  /** Opens a window of their own at the console's address. */
  static async arrive(browser: Browser, url: string, look: Look = {}): Promise<Person> {
    const { language = "en", width = 1280, height = 900, scheme = "light" } = look;
    const context = await browser.newContext({
      viewport: { width, height },
      locale: LANGUAGE_TAGS[language],
      colorScheme: scheme,
      timezoneId: ZONE,
    });
    context.setDefaultTimeout(PATIENCE);
    const [cookie = "", value = ""] = look.cookie?.split("=") ?? [];
    if (cookie !== "") await context.addCookies([{ name: cookie, value, url }]);
    const person = new Person(await context.newPage(), url, language, await loadCatalogue(language));
    await person.page.goto(url);
    return person;
  }

  get window(): BrowserContext {
    return this.page.context();
  }

  /** Signs in; a one-time password is replaced by `next`. */
  async signIn(name: string, password: string, next?: string): Promise<void> {
    const { signIn } = this.text;
    await this.fill(signIn.name, name);
    await this.fill(signIn.password, password);
    await this.press(signIn.submit);
    if (next !== undefined) {
      await this.page.getByText(signIn.change.oneTime).waitFor();
      await this.fill(signIn.change.currentOneTime, password);
      await this.fill(signIn.change.next, next);
      await this.fill(signIn.change.again, next);
      await this.press(signIn.change.submit);
    }
    await this.heading(this.text.now.title).waitFor();
  }

  /** Goes to an address, as by a link from elsewhere, and waits for the page's heading. */
  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  }

  /** Opens one of the pages of the main navigation. */
  async visit(name: keyof Catalogue["frame"]["pages"]): Promise<void> {
    const navigation = this.page.getByRole("navigation", { name: this.text.frame.navigation });
    await navigation.getByRole("link", { name: this.text.frame.pages[name] }).click();
    await this.page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { level: 1, name });
  }

  /** The input with exactly this label, whether or not it is marked as required. */
  field(label: string, scope: Scope = this.page): Locator {
    return scope.getByLabel(new RegExp(`^${escaped(label)}(\\s*\\*)?$`)).and(this.page.locator("input, textarea"));
  }

  async fill(label: string, value: string, scope?: Scope): Promise<void> {
    await this.field(label, scope).fill(value);
  }

  /** Chooses from a drop-down list. */
  async choose(label: string, option: string, scope?: Scope): Promise<void> {
    await this.field(label, scope).click();
    await this.page.getByRole("option", { name: option, exact: true }).click();
  }

  /** Chooses by a radio button or switch. */
  async tick(label: string, scope: Scope = this.page): Promise<void> {
    await scope.getByLabel(label, { exact: true }).and(this.page.locator("input")).check();
  }

  async press(name: string, scope: Scope = this.page): Promise<void> {
    await scope.getByRole("button", { name, exact: true }).click();
  }

  async follow(name: string, scope: Scope = this.page): Promise<void> {
    await scope.getByRole("link", { name, exact: true }).click();
  }

  /** Waits for what is said in passing: that something was done. */
  async hears(notice: string): Promise<void> {
    await this.page.getByRole("status").getByText(notice).waitFor();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.window.close();
  }
}

/** A text as it stands in a regular expression. */
export function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
