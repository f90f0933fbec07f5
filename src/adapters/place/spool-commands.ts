import { fail, ok } from "../../domain/result.ts";
import type { Place, PlaceResult, SpoolSpec, StopSignal } from "./place.ts";
import { folderFailure, scriptBroke, type ScriptAnswer, type ScriptRunner } from "./script-runner.ts";
import { environmentText, exitRecordRoom, runFolderName, specText } from "./spool-spec.ts";
import { listScript, removeScript, rootWord, startScript, stopScript } from "./spool-scripts.ts";

/** Seconds for a script that only starts, signals or removes something. */
const DEADLINE = 30;

/** What is done to spools by a script there: the same for all places. */
export type SpoolCommands = Pick<Place, "start" | "stop" | "remove" | "expired">;

export function spoolCommands(place: string, spoolRoot: string | null, run: ScriptRunner): SpoolCommands {
  const root = rootWord(spoolRoot);

  const ask = async (
    action: string,
    script: string,
  ): Promise<PlaceResult<ScriptAnswer & { readonly lines: string[] }>> => {
    const answer = await run(script, { action, deadline: DEADLINE });
    if (!answer.ok) return answer;
    return ok({ ...answer.value, lines: answer.value.stdout.trim().split("\n") });
  };

  return {
    start: async (spec: SpoolSpec): Promise<PlaceResult<undefined>> => {
      const lines = specText(spec);
      const environment = environmentText(spec.env);
      if (!lines.ok) return fail({ reason: "bad-value", place, detail: lines.failure });
      if (!environment.ok) return fail({ reason: "bad-value", place, detail: environment.failure });
      const script = startScript(root, runFolderName(spec.run), {
        spec: lines.value,
        environment: environment.value,
        logLimit: spec.logLimit,
        exitRoom: exitRecordRoom(spec),
      });
      const answer = await ask("start", script);
      if (!answer.ok) return answer;
      const [word, rest] = firstWord(answer.value.lines.join("\n"));
      if (word === "begun") return ok(undefined);
      if (word === "unfit") return fail({ reason: "unfit", place, detail: `${rest} is missing` });
      return word === "failed" ? fail(folderFailure(place, rest)) : scriptBroke(place, "start", answer.value);
    },

    stop: async (name: string, signal: StopSignal, terms = 1) => {
      const answer = await ask("stop", stopScript(root, runFolderName(name), signal, terms));
      if (!answer.ok) return answer;
      const left = /^left (\d+)$/.exec(answer.value.lines.at(-1) ?? "")?.[1];
      return left === undefined ? scriptBroke(place, "stop", answer.value) : ok({ left: Number(left) });
    },

    remove: async (name: string) => {
      const answer = await ask("remove", removeScript(root, runFolderName(name)));
      if (!answer.ok) return answer;
      const [word, rest] = firstWord(answer.value.lines.join("\n"));
      if (word === "removed") return ok(undefined);
      if (word === "running") return fail({ reason: "running", place, detail: `the supervisor of ${name} lives` });
      return word === "failed" ? fail(folderFailure(place, rest)) : scriptBroke(place, "remove", answer.value);
    },

    expired: async (olderThanSeconds: number) => {
      const answer = await ask("list", listScript(root));
      if (!answer.ok) return answer;
      const runs = expiredRuns(answer.value.lines, olderThanSeconds);
      return runs === undefined ? scriptBroke(place, "list", answer.value) : ok(runs);
    },
  };
}

/** Reads what `listScript` prints; undefined when it is something else. Ages are by the place's own clock. */
function expiredRuns(lines: readonly string[], olderThanSeconds: number): readonly string[] | undefined {
  const now = /^now (\d+)$/.exec(lines[0] ?? "")?.[1];
  if (now === undefined) return undefined;
  return lines.flatMap((line) => {
    const [, run = "", time = "", state] = /^spool (\S+) (\d+) (exit|gone|alive)$/.exec(line) ?? [];
    return state === undefined || state === "alive" || Number(now) - Number(time) <= olderThanSeconds ? [] : [run];
  });
}

function firstWord(text: string): readonly [string, string] {
  const space = text.indexOf(" ");
  return space < 0 ? [text, ""] : [text.slice(0, space), text.slice(space + 1)];
}
