import { PlaceLost, type Place, type PlaceFailure } from "../../adapters/place/place.ts";
import { fail } from "../../domain/result.ts";

/** A place whose definition lacks something (no host key is pinned, a key that cannot be read): everything fails with that. */
export function unusablePlace(failure: PlaceFailure): Place {
  const refuse = () => Promise.resolve(fail(failure));
  return {
    name: failure.place,
    spoolRoot: null,
    exec: refuse,
    start: refuse,
    // eslint-disable-next-line require-yield -- it has nothing to yield
    async *follow() {
      throw new PlaceLost(failure.place, failure.detail);
    },
    stop: refuse,
    remove: refuse,
    expired: refuse,
    close: () => Promise.resolve(),
  };
}
