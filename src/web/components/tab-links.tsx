import { Link } from "./link.tsx";
import classes from "./tab-links.module.css";

export interface TabLink {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

/** Leads to pages that stand side by side. */
export function TabLinks({ label, links }: { readonly label: string; readonly links: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {links.map((link) => (
        <Link key={link.href} href={link.href} className={classes.tab} aria-current={link.current ? "page" : undefined}>
          {link.label}
        </Link>
      ))}
    </nav>
  );
}
