import { compareHostKeys, hostKeysIn, hostKeyText, scanHostKey } from "../../adapters/place/host-key.ts";
import { inspectPlace } from "../../adapters/place/inspect.ts";
import type { ConfigCentre } from "../../contract/definitions.ts";
import type { PlaceReport } from "../../contract/administration.ts";
import type { OpenPlace } from "./places.ts";

/** Seconds until an ssh server must have shown its keys. */
const SCAN_DEADLINE = 10;

/** Looks at a config centre for its administrator: its host key before anything else, then its clock, user and programs. */
export async function verifyPlace(centre: ConfigCentre, { place }: OpenPlace): Promise<PlaceReport> {
  const began = performance.now();
  const nothing = { clockOffset: null, user: null, programs: [], freeBytes: null };
  const report = (more: Partial<PlaceReport>): PlaceReport => ({
    ok: false,
    problem: null,
    hostKey: null,
    ...nothing,
    ...more,
    milliseconds: Math.round(performance.now() - began),
  });
  let hostKey: PlaceReport["hostKey"] = null;
  if (centre.connection === "ssh") {
    const seen = await scanHostKey(centre.address, centre.port, SCAN_DEADLINE);
    if (!seen.ok) return report({ problem: seen.failure.detail });
    const status = compareHostKeys(hostKeysIn(centre.hostKey), seen.value);
    hostKey = {
      status,
      key: hostKeyText(seen.value),
      fingerprints: seen.value.map((key) => `${key.type} ${key.fingerprint}`),
    };
    if (status !== "pinned") return report({ hostKey });
  }
  const facts = await inspectPlace(place);
  if (!facts.ok) return report({ hostKey, problem: facts.failure.detail });
  const { clockOffset, user, programs, spool, missing } = facts.value;
  return report({
    ok: missing.length === 0,
    problem: missing.length === 0 ? null : `missing there: ${missing.join(", ")}`,
    hostKey,
    clockOffset,
    user,
    programs: Object.entries(programs).map(([name, version]) => ({ name, version })),
    freeBytes: spool.freeBytes,
  });
}
