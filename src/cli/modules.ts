import type { CommandModules } from "./program.ts";

/** All commands. */
export const modules: CommandModules = {
  rollout: () => import("./commands/rollout.ts"),
  plan: () => import("./commands/plan.ts"),
  versions: () => import("./commands/versions.ts"),
  fleet: () => import("./commands/fleet.ts"),
  projects: () => import("./commands/projects.ts"),
  tags: () => import("./commands/tags.ts"),
  config: () => import("./commands/config.ts"),
  inventory: () => import("./commands/inventory.ts"),
  shim: () => import("./commands/shim.ts"),
  lock: () => import("./commands/lock.ts"),
  check: () => import("./commands/check.ts"),
  server: () => import("./commands/server.ts"),
};
