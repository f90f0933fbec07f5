const HERE = "http://console.invalid";

/** Where to go after signing in: a page of this console, whatever was asked for; `home` where it is none. */
export function returnAddress(asked: string | undefined, home = "/"): string {
  // Browsers skip tabs and line breaks inside addresses, and take `\` for `/`: so the address counts as they read it.
  if (asked === undefined || !asked.startsWith("/") || !URL.canParse(asked, HERE)) return home;
  const { origin, pathname, search, hash } = new URL(asked, HERE);
  const isPage = origin === HERE && !pathname.startsWith("//") && !/^\/(sign-in|auth|api)(\/|$)/u.test(pathname);
  return isPage ? `${pathname}${search}${hash}` : home;
}
