import type { DataFolderFailure } from "../../adapters/postgres/data-folder-lock.ts";
import type { PostgresFailure } from "../../adapters/postgres/postgres-failure.ts";

/** What `gantry console` and `gantry worker` say on a terminal. */
export interface StartWords {
  ready(url: string): string;
  workerReady(name: string): string;
  firstAdministrator(name: string, password: string): string;
  stopping: string;
  stoppedAgain: string;
  listenFailed(address: string, detail: string): string;
  badListen(value: string): string;
  databaseFailed(detail: string): string;
  workerNeedsDatabase: string;
  secretKey(detail: string): string;
  otherKey: string;
  trustProxy(value: string): string;
  badUrl(value: string): string;
  demo(people: readonly string[], password: string): string;
  nodeTooOld(version: string): string;
  noPages: string;
  dataFolder(failure: DataFolderFailure): string;
  postgres(failure: PostgresFailure): string;
}
