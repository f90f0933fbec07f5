import type { ColumnType, Generated } from "kysely";
import type { FleetMatrix, FleetProblem, VersionsByProject } from "../../fleet/fleet-data.ts";
import type { MaybeTimestamp } from "./columns.ts";

type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

/** As migrations/fleet.ts makes them. */
export interface FleetTables {
  fleet_snapshot: {
    environment: number;
    config_centre: number;
    at: MaybeTimestamp;
    milliseconds: number | null;
    matrix: MaybeJson<FleetMatrix>;
    versions: MaybeJson<VersionsByProject>;
    problem: MaybeJson<FleetProblem>;
    asking: Generated<boolean>;
    turn: Generated<number>;
    began_at: MaybeTimestamp;
    wanted_since: MaybeTimestamp;
    looked_at: MaybeTimestamp;
  };
}
