import type { LogFilesProblem } from "../../adapters/journal/log-files.ts";
import type { Mode } from "../../domain/mode.ts";
import type { RunEvent } from "../../engine/events.ts";
import { logFileRenderer } from "../output/choose.ts";
import { UsageError, type Services } from "../services.ts";

/** What a run leaves behind: log file, journal, and the journal that $GANTRY_JOURNAL names. */
export interface Records {
  /** The log file. */
  readonly path: string;
  /** Keeps an event; returns the files that could not take it. They get no more, the others go on. */
  event(event: RunEvent): readonly LogFilesProblem[];
  close(): void;
}

/** Opens all of them; throws where one cannot be written, with nothing touched yet. */
export async function openRecords(mode: Mode, folder: string, name: string, services: Services): Promise<Records> {
  const { adapters, env, words } = services;
  const files = await adapters.openLogFiles(folder, name);
  if (!files.ok) throw new UsageError(words.usage.logPath(files.failure.path, files.failure.detail));
  const { log, record } = files.value;
  const renderer = logFileRenderer(mode, log, services);
  const writers = new Map([
    [
      log.path,
      (event: RunEvent) => {
        record(event);
        renderer.event(event);
      },
    ],
  ]);
  const livePath = env["GANTRY_JOURNAL"] ?? "";
  const live = livePath === "" ? undefined : await adapters.openLiveJournal(livePath);
  if (live?.ok === false) {
    files.value.close();
    throw new UsageError(words.usage.liveJournal(live.failure.path, live.failure.detail));
  }
  if (live?.ok) writers.set(live.value.path, live.value.record);
  return {
    path: log.path,
    event: (event) =>
      [...writers].flatMap(([path, write]) => {
        try {
          write(event);
          return [];
        } catch (error) {
          writers.delete(path);
          return [{ path, detail: error instanceof Error ? error.message : String(error) }];
        }
      }),
    close: () => {
      files.value.close();
      if (live?.ok) live.value.close();
    },
  };
}
