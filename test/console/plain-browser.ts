/** What a browser does with links, redirects and cookies; forms and scripts there are none. */
export class PlainBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();
  /** Every address that it was led to. */
  readonly visited: string[] = [];
  /** The cookies that were set, as they came. */
  readonly received: string[] = [];

  /** Follows redirects until there is none, or the next address fits `until`, which is not opened. */
  async open(url: string, until?: RegExp): Promise<{ readonly url: string; readonly status: number }> {
    let next = url;
    for (let hops = 0; hops < 20; hops += 1) {
      this.visited.push(next);
      const response = await this.get(next);
      const location = response.headers.get("location");
      if (location === null) return { url: next, status: response.status };
      next = new URL(location, next).href;
      if (until?.test(next) === true) return { url: next, status: response.status };
    }
    throw new Error(`too many redirects: ${this.visited.join(" → ")}`);
  }

  async get(url: string): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      signal: AbortSignal.timeout(30_000),
    });
    for (const cookie of response.headers.getSetCookie()) {
      this.received.push(cookie);
      const [pair = ""] = cookie.split(";");
      const at = pair.indexOf("=");
      const expired = /max-age=0\b/iu.test(cookie) || /expires=Thu, 01 Jan 1970/iu.test(cookie);
      if (expired) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  cookie(origin: string, name: string): string | undefined {
    return this.#cookies.get(origin)?.get(name);
  }
  setCookie(origin: string, name: string, value: string): void {
    this.#cookies.set(origin, (this.#cookies.get(origin) ?? new Map<string, string>()).set(name, value));
  }
}
