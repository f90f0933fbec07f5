import { lazy, Suspense, useId, useState } from "react";
import type { RequestDetail, Run } from "../../../contract/requests.ts";
import { Loading } from "../../components/loading.tsx";
import { useText } from "../../locales/language.tsx";
import { LogViewer } from "../../logs/log-viewer.tsx";
import { mainRunOf } from "./main-run.ts";
import classes from "./request.module.css";

const Release = lazy(async () => ({ default: (await import("./release.tsx")).Release }));

/** What has run, or runs: board and log; where the pre-task ran before the approval, one of the two at a time. */
export function RunLogs({ request }: { readonly request: RequestDetail }) {
  const text = useText().request.runs;
  const { preRun } = request;
  const main = mainRunOf(request);
  const [chosen, setChosen] = useState<"pre" | "main">("main");
  const id = useId();
  if (preRun === null) return main === null ? null : <OneRun request={request} run={main} />;
  if (main === null)
    return (
      <section aria-labelledby={id}>
        <h2 id={id} className={classes.heading}>
          {text.preBefore}
        </h2>
        <OneRun request={request} run={preRun} />
      </section>
    );
  const run = chosen === "pre" ? preRun : main;
  return (
    <>
      <div className={classes.runs} role="group" aria-label={text.label}>
        {(["pre", "main"] as const).map((which) => (
          <button
            key={which}
            type="button"
            className={classes.runTab}
            aria-pressed={chosen === which}
            onClick={() => setChosen(which)}
          >
            {which === "pre" ? text.pre : text.main}
          </button>
        ))}
      </div>
      <OneRun key={run.id} request={request} run={run} />
    </>
  );
}

function OneRun({ request, run }: { readonly request: RequestDetail; readonly run: Run }) {
  const release = request.lines.some(({ gantry }) => gantry);
  return (
    <>
      {release && (
        <Suspense fallback={<Loading rows={4} />}>
          <Release request={request} run={run} />
        </Suspense>
      )}
      <LogViewer run={run} />
    </>
  );
}
