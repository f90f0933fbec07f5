import type { DataFolderFailure } from "../../adapters/postgres/data-folder-lock.ts";
import type { PostgresFailure } from "../../adapters/postgres/postgres-failure.ts";

/** An account that was given a one-time password, and what else is to be known of it. */
export interface PasswordReset {
  readonly name: string;
  readonly password: string;
  readonly activated: boolean;
  /** It is switched off, and still cannot sign in. */
  readonly inactive: boolean;
  /** It still has an authenticator, whose code is asked for. */
  readonly totp: boolean;
  /** Its authenticator was removed. */
  readonly removed: boolean;
  /** The sign-in method that it signed in by until now. */
  readonly method: string | null;
}

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
  passwordReset(reset: PasswordReset): string;
  noSuchAccount(name: string, near: readonly string[]): string;
  noDatabase(dataFolder: string): string;
  nodeTooOld(version: string): string;
  noPages: string;
  dataFolder(failure: DataFolderFailure): string;
  postgres(failure: PostgresFailure): string;
}
