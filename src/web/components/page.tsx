import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../locales/language.tsx";
import classes from "./components.module.css";
import { Link } from "./link.tsx";

interface Crumb {
  readonly label: string;
  readonly href: string;
}

interface PageProps {
  /** The page's heading. */
  readonly title: ReactNode;
  /** What the browser's tab says, where the heading is no plain text. */
  readonly tab?: string;
  /** The pages above this one, outermost first. */
  readonly breadcrumb?: readonly Crumb[];
  /** The one button that this page is for. */
  readonly primary?: ReactNode;
  /** Further buttons, left of the primary one. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What every page inside the frame stands in: breadcrumb, heading and buttons, always at the same place. */
export function Page({ title, tab, breadcrumb = [], primary, actions, children }: PageProps) {
  const text = useText();
  const name = tab ?? (typeof title === "string" ? title : "");
  return (
    <div className={classes.page}>
      <title>{name === "" ? "Gantry" : `${name} · Gantry`}</title>
      <header className={classes.head}>
        <div className={classes.headText}>
          {breadcrumb.length > 0 && (
            <nav aria-label={text.frame.breadcrumb}>
              <ol className={classes.crumbs}>
                {breadcrumb.map((crumb) => (
                  <li key={crumb.href}>
                    <Anchor component={Link} href={crumb.href} size="sm">
                      {crumb.label}
                    </Anchor>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1 className={classes.title}>{title}</h1>
        </div>
        {actions}
        {primary}
      </header>
      {children}
    </div>
  );
}
