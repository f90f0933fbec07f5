import { duration } from "../locales/format.ts";
import classes from "./components.module.css";
import { useNow } from "./use-now.ts";

/** How long something took, or takes: it ticks while there is no end. Both ends are ISO 8601. */
export function Elapsed({ from, to }: { readonly from: string; readonly to: string | null }) {
  const now = useNow(to === null ? 1000 : null);
  const end = to === null ? now.getTime() : Date.parse(to);
  return <span className={classes.figures}>{duration((end - Date.parse(from)) / 1000)}</span>;
}
