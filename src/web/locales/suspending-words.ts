/**
 * Words of which some are there and the others are loaded: whoever asks for one of those while it is drawn waits as for
 * a page's code (React's Suspense), and is drawn again once they are there. Where they cannot be loaded, that is an
 * error of the page, and asking again tries again.
 */
export function suspendingWords<W extends object>(first: Partial<W>, load: () => Promise<W>): W {
  let whole: Partial<W> = first;
  let loading: Promise<void> | undefined;
  let failed: Error | undefined;
  const fetched = (): Promise<void> =>
    load().then(
      (words) => {
        whole = words;
      },
      (error: unknown) => {
        failed = error instanceof Error ? error : new Error(String(error));
      },
    );
  return new Proxy(first as W, {
    get: (_target, area) => {
      // Promises look at `then` of what they are resolved with.
      if (typeof area === "symbol" || area === "then") return undefined;
      if (Object.hasOwn(whole, area)) return whole[area as keyof W];
      if (whole !== first) return undefined;
      if (failed !== undefined) {
        const error = failed;
        [failed, loading] = [undefined, undefined];
        throw error;
      }
      loading ??= fetched();
      // oxlint-disable-next-line typescript/only-throw-error -- what is thrown to React to wait for is a promise
      throw loading;
    },
  });
}
