import { useState } from "react";
import type { RequestDetail } from "../../../contract/requests.ts";
import { subjectOf } from "../../approvals/decision.ts";
import { DecisionButtons } from "../../approvals/decision-buttons.tsx";
import { type AskedDecision, DecisionDialog } from "../../approvals/decision-dialog.tsx";
import classes from "./request.module.css";

/** The buttons of somebody who is asked, always in view; the dialog stays, whatever becomes of the request. */
export function DecisionBar({ request }: { readonly request: RequestDetail }) {
  const [asked, setAsked] = useState<AskedDecision>();
  const subject = subjectOf(request);
  const close = (): void => setAsked(undefined);
  return (
    <>
      {subject !== undefined && (
        <div className={classes.decide}>
          <DecisionButtons
            subject={subject}
            approvable={request.approval?.outdated.length === 0}
            onAsk={(decision, of) => setAsked({ decision, subject: of })}
          />
        </div>
      )}
      {asked !== undefined && <DecisionDialog asked={asked} onDecided={close} onClose={close} />}
    </>
  );
}
