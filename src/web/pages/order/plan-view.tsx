import { Alert } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import type { PlanPreview } from "../../../contract/requests.ts";
import { useRunWords } from "../../board/use-run-words.ts";
import { useText } from "../../locales/language.tsx";
import { visibleLines } from "../../logs/visible-text.ts";
import classes from "./order.module.css";

/** What a Gantry line would do: hosts in their batches, steps, and what runs there now. */
export function PlanView({ plan }: { readonly plan: PlanPreview }) {
  const text = useText().order.preview;
  const names: Readonly<Record<string, string>> | undefined = useRunWords()?.output.steps;
  const { mode, project, environment, image, batches, steps, hosts, problem } = plan;
  const byHost = new Map(hosts.map((each) => [each.host, each]));
  const order = [...batches.flat(), ...hosts.map(({ host }) => host).filter((host) => !batches.flat().includes(host))];
  const separate = batches.some((batch) => batch.length > 1) && batches.length > 1;
  return (
    <div className={classes.plan}>
      <p className={classes.planTitle}>
        {project} {mode} <span className={classes.dimmed}>{environment}</span>
      </p>
      {problem !== null && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle />}>
          <span className={classes.lines}>{visibleLines(problem)}</span>
        </Alert>
      )}
      {image !== null && (
        <p className={classes.planLine}>
          <span className={classes.dimmed}>{text.image}</span> <code>{image}</code>
        </p>
      )}
      {hosts.length > 0 && batches.length > 0 && (
        <p className={classes.planLine}>
          <span className={classes.dimmed}>{text.batches(hosts.length, batches.length)}</span>
        </p>
      )}
      {steps.length > 0 && (
        <p className={classes.planLine}>
          <span className={classes.dimmed}>{text.steps}</span> {steps.map((step) => names?.[step] ?? step).join(" → ")}
        </p>
      )}
      {order.length > 0 && (
        // Keyboard users scroll it, so it takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={classes.planHosts} tabIndex={0} role="group" aria-label={text.plan}>
          <table>
            <thead>
              <tr>
                {separate && <th scope="col">#</th>}
                <th scope="col">{text.host}</th>
                <th scope="col">{text.runsNow}</th>
              </tr>
            </thead>
            <tbody>
              {order.map((name) => (
                <tr key={name}>
                  {separate && <td>{batches.findIndex((batch) => batch.includes(name)) + 1}</td>}
                  <th scope="row">{name}</th>
                  <td>
                    <RunsNow host={byHost.get(name)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function RunsNow({ host }: { readonly host: PlanPreview["hosts"][number] | undefined }) {
  const text = useText().order.preview;
  if (host === undefined) return null;
  return (
    <>
      {!host.reachable && <span className={classes.bad}>{text.unreachable}</span>}
      {host.reachable && host.running.length === 0 && <span className={classes.dimmed}>{text.nothingRuns}</span>}
      {host.running.map((version) => (
        <code key={version} className={classes.version}>
          {version}
        </code>
      ))}
      {host.problem !== null && <div className={`${classes.bad} ${classes.lines}`}>{visibleLines(host.problem)}</div>}
    </>
  );
}
