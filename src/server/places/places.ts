import type { ConfigCentre } from "../../contract/definitions.ts";
import type { Place } from "../../adapters/place/place.ts";
import type { PlaceReport } from "../../contract/administration.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { openFields } from "../definitions/kept-secrets.ts";
import type { GantryAt } from "../gantry/gantry-at.ts";
import type { SecretBox } from "../secrets/secret-box.ts";

/** A config centre that is open: where commands run, and Gantry's own questions are asked. */
export interface OpenPlace {
  readonly place: Place;
  readonly gantry: GantryAt;
  /** How Gantry is called there; undefined where it is not installed. */
  readonly findGantry: () => Promise<string | undefined>;
  /** What Gantry needs to find its files there. */
  readonly gantryEnv: Readonly<Record<string, string>>;
  /** Where spools of this place lie, if that is on this machine: nobody elsewhere can read them. */
  readonly spoolHome: string | null;
  close(): Promise<void>;
}

/** Opens config centres; one connection each, renewed when its definition has changed. */
export interface Places {
  at(configCentre: number): Promise<OpenPlace>;
  /** Looks at one as it is defined now, saved or not. */
  verify(centre: ConfigCentre): Promise<PlaceReport>;
  close(): Promise<void>;
}

export function createPlaces(
  store: DefinitionStore,
  box: SecretBox,
  open: (centre: ConfigCentre) => Promise<OpenPlace>,
  verify: (centre: ConfigCentre, opened: OpenPlace) => Promise<PlaceReport>,
): Places {
  const replaced: Promise<OpenPlace>[] = [];
  const places = new Map<number, { readonly version: number; readonly opened: Promise<OpenPlace> }>();
  return {
    at: async (configCentre) => {
      const row = await store.find("config_centre", configCentre);
      if (row === undefined) throw new Error(`config centre ${configCentre} is not there`);
      const known = places.get(configCentre);
      if (known?.version === row.version) return known.opened;
      const opened = open(openFields("config_centre", row.data, box) as unknown as ConfigCentre);
      places.set(configCentre, { version: row.version, opened });
      // Runs that are being followed keep the old one until they end; it is closed with the server.
      if (known !== undefined) replaced.push(known.opened);
      return opened;
    },
    verify: async (centre) => {
      const opened = await open(centre);
      try {
        return await verify(centre, opened);
      } finally {
        await opened.close();
      }
    },
    close: async () => {
      const all = [...replaced, ...Array.from(places.values(), ({ opened }) => opened)];
      places.clear();
      await Promise.allSettled(all.map(async (each) => (await each).close()));
    },
  };
}
