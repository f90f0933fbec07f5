import { useRouter } from "@tanstack/react-router";
import type { ComponentPropsWithRef, MouseEvent } from "react";

/** Goes to an address of paths.ts without loading the page anew. */
export function useGo(): (href: string, options?: { readonly replace?: boolean }) => void {
  const router = useRouter();
  return (href, options) => {
    if (options?.replace === true) router.history.replace(href);
    else router.history.push(href);
  };
}

export type LinkProps = ComponentPropsWithRef<"a"> & { readonly href: string };

/** A link to an address of paths.ts; `<Button component={Link} href={paths.orders()}>` works as well. */
export function Link({ href, onClick, onMouseEnter, onFocus, children, ...rest }: LinkProps) {
  const router = useRouter();
  const go = useGo();
  const preload = (): void => {
    // Only the page's code; a failure shows when it is really opened.
    void router.preloadRoute({ to: href.split("?")[0] ?? href }).catch(() => undefined);
  };
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain || rest.target !== undefined) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a
      {...rest}
      href={href}
      onClick={follow}
      onMouseEnter={(event) => {
        onMouseEnter?.(event);
        preload();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        preload();
      }}
    >
      {children}
    </a>
  );
}
