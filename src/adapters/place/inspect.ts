import { ok } from "../../domain/result.ts";
import type { Place, PlaceResult } from "./place.ts";
import { NEEDED, rootWord } from "./spool-scripts.ts";

/** What Verify shows of a place. */
export interface PlaceFacts {
  /** Seconds that its clock is ahead of this machine's, give or take half of `milliseconds`. */
  readonly clockOffset: number;
  readonly user: string;
  readonly home: string;
  /** The versions as the programs say them; null: not in the PATH there, or without an answer. */
  readonly programs: Readonly<Record<ProgramName, string | null>>;
  /** What a run needs and is not there; empty when it is fit. */
  readonly missing: readonly string[];
  /** The folder of the spools, which is made when it is not there. */
  readonly spool: {
    readonly folder: string;
    /** Null when it is not known. */
    readonly freeBytes: number | null;
    /** Why nothing can be written there; null: it can. */
    readonly problem: string | null;
  };
  /** How long the place takes to answer. */
  readonly milliseconds: number;
}

const PROGRAMS = ["node", "gantry", "docker", "ansible"] as const;
type ProgramName = (typeof PROGRAMS)[number];

/** Seconds; Ansible takes its time to say its version. */
const DEADLINE = 30;

/** Looks at a place: who we are there, what is installed, and whether runs can be kept there. */
export async function inspectPlace(place: Place): Promise<PlaceResult<PlaceFacts>> {
  const limit = { deadline: DEADLINE, limit: 65_536 };
  const before = Date.now();
  const clock = await place.exec(["date", "+%s.%N"], limit);
  if (!clock.ok) return clock;
  const now = (before + Date.now()) / 2;
  const script = inspectScript(rootWord(place.spoolRoot));
  const looked = await place.exec(["sh", "-c", script], limit);
  if (!looked.ok) return looked;
  const facts = factsIn(looked.value.stdout.toString("utf8"));
  const free = facts.get("free");
  return ok({
    clockOffset: clockOffset(clock.value.stdout.toString("latin1"), now),
    user: facts.get("user") ?? "",
    home: facts.get("home") ?? "",
    programs: {
      node: facts.get("node") ?? null,
      gantry: facts.get("gantry") ?? null,
      docker: facts.get("docker") ?? null,
      ansible: facts.get("ansible") ?? null,
    },
    missing: (facts.get("missing") ?? "").split(" ").filter((each) => each !== ""),
    spool: {
      folder: facts.get("folder") ?? "",
      freeBytes: free === undefined ? null : Number(free) * 1024,
      problem: facts.get("problem") ?? null,
    },
    milliseconds: clock.value.milliseconds,
  });
}

/** `date +%s.%N`; where there are no nanoseconds the middle of the second is meant. */
function clockOffset(text: string, now: number): number {
  const [, seconds = "0", fraction] = /^(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  const there = Number(`${seconds}.${fraction ?? "5"}`);
  return Math.round((there - now / 1000) * 100) / 100;
}

/** Prints `name value` lines; of a program that is not there, none. */
function inspectScript(root: string): string {
  const versions = PROGRAMS.map(
    (name) =>
      `if command -v ${name} >/dev/null; then say ${name} "$($limit ${name} --version </dev/null 2>/dev/null)"; fi`,
  );
  return String.raw`
say() { printf '%s %s\n' "$1" "$(printf '%s' "$2" | head -n 1)"; }
limit=
! timeout 1 true 2>/dev/null || limit='timeout 10'
say user "$(id -un)"
say home "$HOME"
missing=
for program in ${NEEDED.join(" ")}; do command -v "$program" >/dev/null || missing="$missing $program"; done
[ -r /proc/self/stat ] || missing="$missing /proc"
say missing "$missing"
root=${root}
say folder "$root"
problem=$( (umask 077; LC_ALL=C mkdir -p "$root" && LC_ALL=C mkdir "$root/.verify-$$" && rmdir "$root/.verify-$$") 2>&1) ||
  say problem "$problem"
set -- $(df -Pk "$root" 2>/dev/null | tail -n 1)
[ $# -lt 4 ] || say free "$4"
${versions.join("\n")}`;
}

function factsIn(text: string): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const line of text.split("\n")) {
    const space = line.indexOf(" ");
    const value = line.slice(space + 1).trim();
    if (space > 0 && value !== "") facts.set(line.slice(0, space), value);
  }
  return facts;
}
