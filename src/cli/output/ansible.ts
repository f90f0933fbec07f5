import type { RunEvent, HostSummary } from "../../engine/events.ts";
import { isUnreachable, type Failure } from "../../engine/errors.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import { pythonJson } from "./python-json.ts";
import type { Renderer, Write } from "./renderer.ts";
import { summaryTable } from "./summary-table.ts";

const WIDTH = 79;

/** Ansible's headline: the text filled up with stars to 79 columns, three at least. */
function banner(text: string): string {
  return `\n${text} ${"*".repeat(Math.max(3, WIDTH - text.length))}\n`;
}

interface Counts {
  ok: number;
  changed: number;
  unreachable: number;
  failed: number;
  skipped: number;
  rescued: number;
  ignored: number;
}

/**
 * The look that users of ansible-playbook know: PLAY, TASK, one line a host, PLAY RECAP. Used for pipes and log files.
 * Hosts of one batch run side by side, so a TASK headline comes back whenever the step changes.
 */
export function ansibleRenderer(write: Write, paint: Paint, words: Words): Renderer {
  const counts = new Map<string, Counts>();
  let pattern = "";
  let task = "";
  const count = (host: string): Counts => {
    const own = counts.get(host) ?? {
      ok: 0,
      changed: 0,
      unreachable: 0,
      failed: 0,
      skipped: 0,
      rescued: 0,
      ignored: 0,
    };
    counts.set(host, own);
    return own;
  };
  const headline = (title: string): void => {
    if (title !== task) write(banner(`TASK [${title}]`));
    task = title;
  };
  const fatal = (host: string, failure: Failure, extra: Readonly<Record<string, unknown>> = {}): void => {
    const unreachable = isUnreachable(failure);
    count(host)[unreachable ? "unreachable" : "failed"]++;
    const { what, todo } = explainFailure(words, failure);
    const body = pythonJson({
      changed: false,
      msg: what,
      todo,
      reason: failure.reason,
      ...(unreachable ? { unreachable } : {}),
      ...extra,
    });
    write(paint.red(`fatal: [${host}]: ${unreachable ? "UNREACHABLE" : "FAILED"}! => ${body}`) + "\n");
  };

  return {
    event(event: RunEvent): void {
      switch (event.type) {
        case "run-started":
          pattern = event.pattern;
          write(banner(`PLAY [${pattern}]`));
          break;
        case "host-unreachable":
          headline(words.output.connect);
          fatal(event.host, event.failure);
          break;
        case "host-refused":
          headline(words.output.lookTask);
          fatal(event.host, event.failure);
          break;
        case "image-resolved":
          headline(words.output.resolveTask);
          write(
            paint.green(`ok: [${event.host}] => ${pythonJson({ image: event.image, digest: event.digest })}`) + "\n",
          );
          break;
        case "image-refused":
          headline(words.output.resolveTask);
          fatal(event.host, event.failure);
          break;
        case "batch-started":
          if (event.of > 1) {
            write(banner(`PLAY [${pattern}]`));
            task = "";
          }
          break;
        case "step-finished": {
          headline(event.step.title);
          const own = count(event.host);
          own.ok++;
          if (event.status === "changed") own.changed++;
          const line = `${event.status}: [${event.host}] => ${pythonJson({ changed: event.status === "changed", ...event.result })}`;
          write((event.status === "changed" ? paint.yellow(line) : paint.green(line)) + "\n");
          break;
        }
        case "step-skipped":
          headline(event.step.title);
          count(event.host).skipped++;
          write(
            paint.cyan(
              `skipping: [${event.host}] => ${pythonJson({ changed: false, skip_reason: words.output.skip[event.skip] })}`,
            ) + "\n",
          );
          break;
        case "step-failed": {
          headline(event.step.title);
          const { failure: _failure, ...bundle } = event.why;
          fatal(event.host, event.why.failure, { ...bundle });
          break;
        }
        case "host-rescue": {
          headline(words.output.rescueTask);
          const { restored, failure, inService } = event;
          const retired = event.retired?.version;
          const facts = { retired, restored, ...(inService === undefined ? {} : { in_service: inService }) };
          if (failure) fatal(event.host, failure, facts);
          else if (restored !== undefined) count(event.host).rescued++;
          if (!failure)
            write(paint.yellow(`changed: [${event.host}] => ${pythonJson({ changed: true, ...facts })}`) + "\n");
          break;
        }
        case "hook-finished": {
          headline(words.output.hookTask(event.hook));
          const { command, exitCode, output } = event;
          const body = pythonJson({ changed: true, cmd: command, rc: exitCode, stdout: output });
          write(
            (exitCode === 0
              ? paint.yellow(`changed: [localhost] => ${body}`)
              : paint.red(`fatal: [localhost]: FAILED! => ${body}`)) + "\n",
          );
          break;
        }
        case "version-removed":
          headline(words.output.keepTask);
          write(
            paint.yellow(`changed: [${event.host}] => ${pythonJson({ changed: true, removed: event.version })}`) + "\n",
          );
          break;
        case "housekeeping-failed": {
          headline(words.output.keepTask);
          count(event.host).ignored++;
          const { what } = explainFailure(words, event.failure);
          write(
            paint.red(`fatal: [${event.host}]: FAILED! => ${pythonJson({ changed: false, msg: what })}`) +
              "\n...ignoring\n",
          );
          break;
        }
        case "run-stopped":
          if (event.left.length > 0) write(`\n${paint.red(words.output.stopped[event.because](event.left))}\n`);
          break;
        case "run-finished":
          recap(event.hosts);
          write(`\n${summaryTable(event.hosts, words, paint)}\n`);
          break;
        default:
          break;
      }
    },
    close: () => {},
  };

  function recap(hosts: readonly HostSummary[]): void {
    write(banner("PLAY RECAP"));
    for (const { host } of hosts) {
      const own = count(host);
      const figures = Object.entries(own)
        .map(([name, value]) => `${name}=${String(value).padEnd(4)}`)
        .join(" ");
      const line = `${host.padEnd(26)} : ${figures}`;
      write(
        (own.failed + own.unreachable > 0
          ? paint.red(line)
          : own.changed > 0
            ? paint.yellow(line)
            : paint.green(line)) + "\n",
      );
    }
  }
}
