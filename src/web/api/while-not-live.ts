import { useLiveState } from "./api.tsx";

/**
 * Milliseconds after which answers are asked for again while there is no live connection, as behind a proxy that lets
 * no WebSocket through; false while there is one.
 */
export function useIntervalWhileNotLive(): number | false {
  return useLiveState() === "live" ? false : 5000;
}
