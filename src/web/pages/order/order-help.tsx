import type { ComponentProps } from "react";
import Markdown, { type Components } from "react-markdown";
import classes from "./order.module.css";

const COMPONENTS: Components = { a: HelpLink, img: () => null };

/** An order's description. HTML in it is shown as text; links open beside the form. */
export function OrderHelp({ description }: { readonly description: string }) {
  return (
    <div className={classes.help}>
      <Markdown components={COMPONENTS}>{description}</Markdown>
    </div>
  );
}

function HelpLink({ href, children }: ComponentProps<"a">) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
