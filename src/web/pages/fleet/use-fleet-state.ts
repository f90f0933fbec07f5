import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { FleetState } from "../../../contract/fleet.ts";
import { invalidate, useAnswer } from "../../api/api.tsx";

/** Milliseconds between two questions how it stands, while it is being looked at and else. */
const BUSY = 1500;
const QUIET = 15_000;

/**
 * How new what is known of a fleet is. As long as a page asks this, the server looks again every half a minute; what
 * there is then is fetched anew by itself.
 */
export function useFleetState(environment: number, first: FleetState | undefined): FleetState | undefined {
  const client = useQueryClient();
  const { data } = useAnswer(
    "GET /fleet/state",
    { query: { environment } },
    {
      refetchInterval: ({ state }) =>
        state.data?.sources.some(({ refreshing }) => refreshing) === true ? BUSY : QUIET,
    },
  );
  const known = (data ?? first)?.sources.map(({ at, problem }) => `${at} ${problem?.at}`).join();
  const before = useRef(known);
  useEffect(() => {
    if (before.current !== undefined && before.current !== known)
      void invalidate(client, ["GET /fleet", "GET /fleet/hosts/:name", "GET /fleet/projects/:name"]);
    before.current = known;
  }, [client, known]);
  return data ?? first;
}
