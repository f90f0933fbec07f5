import { PORT } from "./private-folder.ts";

/**
 * Settings that a new database gets in its postgresql.conf, where an administrator may change them. What matters for
 * safety (fsync, synchronous_commit, full_page_writes) is on by PostgreSQL's defaults.
 */
export const initialSettings: readonly string[] = [
  "shared_buffers=128MB",
  "max_connections=100",
  "wal_compression=on",
  // Parallel workers share /dev/shm, of which containers have 64 MB; the console's queries are short.
  "max_parallel_workers_per_gather=0",
];

/** Settings of every start: what keeps the server private and the console able to find it cannot be changed. */
export function fixedSettings(socketFolder: string): readonly string[] {
  return [
    "listen_addresses=",
    `unix_socket_directories="${socketFolder.replaceAll('"', '""')}"`,
    "unix_socket_permissions=0700",
    `port=${PORT}`,
    "cluster_name=gantry",
    // A file for each day of the week, each begun anew a week later.
    "logging_collector=on",
    "log_destination=stderr",
    "log_directory=../log",
    "log_filename=postgres-%a.log",
    "log_file_mode=0600",
    "log_rotation_age=1d",
    "log_rotation_size=0",
    "log_truncate_on_rotation=on",
  ];
}

/** `-c name=value` for each setting, as initdb and postgres take them. */
export function asOptions(settings: readonly string[]): readonly string[] {
  return settings.flatMap((setting) => ["-c", setting]);
}
