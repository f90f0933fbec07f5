import type { LogFiles, LogFilesProblem } from "../adapters/journal/log-files.ts";
import type { Inventory } from "../adapters/inventory/inventory.ts";
import type { InventoryProblem } from "../adapters/inventory/errors.ts";
import type { ConfigProblem } from "../adapters/config/problems.ts";
import type { ImageTag } from "../adapters/images/image-registry.ts";
import type { Host } from "../domain/host.ts";
import type { Environment } from "../domain/project.ts";
import type { Result } from "../domain/result.ts";
import type { Outcome } from "../engine/errors.ts";
import type { RunEvent } from "../engine/events.ts";
import type { Fleet } from "../engine/ports.ts";

/** A run's log file and journal, with the function that keeps an event in the journal. */
export type OpenLog = LogFiles & { readonly record: (event: RunEvent) => void };

/** A fleet that is closed when the command ends. */
export type OpenFleet = Fleet & { close(): Promise<void> };
