import type { BoardState, Row } from "../../contract/board-state.ts";

/** Hosts that are changed at the same time. */
export interface BoardBatch {
  /** From 1; undefined before there is a plan. */
  readonly batch: number | undefined;
  readonly rows: readonly Row[];
}

/** The rows of a board in the order in which they are changed, batch by batch. */
export function batchesOf({ batches, rows }: BoardState): readonly BoardBatch[] {
  const planned = new Set(batches.flat());
  const others = [...rows.values()].filter(({ host }) => !planned.has(host));
  return [
    ...batches.map((hosts, index) => ({
      batch: index + 1,
      rows: hosts.map((host) => rows.get(host)).filter((row) => row !== undefined),
    })),
    ...(others.length > 0 ? [{ batch: undefined, rows: others }] : []),
  ];
}

/** How a host ended; of one that was never begun only once the run is over. */
export function summaryOf(board: BoardState, row: Row): Row["summary"] {
  return row.summary ?? board.outcome?.hosts.find(({ host }) => host === row.host);
}

/** Whether batches are worth a line between them: not when every host is one. */
export function showsBatches({ batches }: BoardState): boolean {
  return batches.length > 1 && batches.some((hosts) => hosts.length > 1);
}
