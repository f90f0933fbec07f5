import { absoluteMoment } from "../../locales/format.ts";
import { useLanguage } from "../../locales/language.tsx";
import { visibleLines } from "../../logs/visible-text.ts";
import { readRefusal } from "./refusal-reason.ts";
import classes from "./request.module.css";

/** Why a request was not let run, in the language of the page, and what to do. */
export function Refusal({ reason }: { readonly reason: string }) {
  const { language, text } = useLanguage();
  const words = text.request.notice.refusals;
  const read = readRefusal(reason);
  const when = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : absoluteMoment(new Date(at), language));
  const detail = "detail" in read ? visibleLines(read.detail) : "";
  return (
    <>
      {read.kind === "frozen" && <div>{words.frozen(read.name, when(read.until))}</div>}
      {read.kind === "late" && <div>{words.late(when(read.at))}</div>}
      {read.kind === "changed" && <div>{words.changed}</div>}
      {read.kind === "locked" && <div>{words.locked(read.request)}</div>}
      {detail !== "" && <div className={classes.note}>{detail}</div>}
      {read.kind !== "other" && <div>{words.lost}</div>}
    </>
  );
}
