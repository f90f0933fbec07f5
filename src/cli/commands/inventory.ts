import type { Services } from "../services.ts";
export function inventory(_o: unknown, _s: Services): number {
  return 1;
}
