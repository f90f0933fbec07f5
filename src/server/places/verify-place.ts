import type { ConfigCentre } from "../../contract/definitions.ts";
import type { PlaceReport } from "../../contract/routes.ts";
import type { OpenPlace } from "./places.ts";

/** Looks at a config centre for its administrator: its host key, clock, user and programs. */
export async function verifyPlace(_centre: ConfigCentre, { place }: OpenPlace): Promise<PlaceReport> {
  throw new Error(`not yet: ${place.name}`);
}
