import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, proxyEnv } from "./command.ts";

const cacheRoot = "/var/cache/gantry-lab";
const cachePrefix = "engine-28-";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const packages = ["docker.io", "docker-cli", "containerd", "tini-static"];

/**
 * The folder with Docker 28's programs (`usr/bin`, `usr/sbin`). The first time they are downloaded from Debian unstable
 * or testing by apt, which checks their signatures; apt's own lists and what is installed are not touched.
 * @throws with apt's words when the download fails, or when Debian has no Docker 28 any more
 */
export async function fetchEngine28(log: (line: string) => void): Promise<string> {
  const cached = cachedEngine();
  if (cached !== undefined) return cached;
  mkdirSync(cacheRoot, { recursive: true });
  const work = mkdtempSync(join(cacheRoot, "fetch-"));
  try {
    log("fetching Docker 28 from Debian unstable, once");
    const version = await download(work);
    const extracted = join(work, "engine");
    for (const deb of readdirSync(join(work, "debs"))) {
      await must(["dpkg-deb", "--extract", join(work, "debs", deb), extracted]);
    }
    const target = join(cacheRoot, `${cachePrefix}${version}`);
    if (!existsSync(target)) renameSync(extracted, target);
    return target;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`lab: engine "28" is not to be had here: ${reason}`, { cause });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function cachedEngine(): string | undefined {
  if (!existsSync(cacheRoot)) return undefined;
  const found = readdirSync(cacheRoot).filter((entry) => entry.startsWith(cachePrefix));
  const newest = found.toSorted().at(-1);
  return newest === undefined ? undefined : join(cacheRoot, newest);
}

function sourceLine(suite: string): string {
  return `deb [signed-by=${keyring}] http://deb.debian.org/debian ${suite} main\n`;
}

/** Downloads the packages into `<work>/debs` and returns Docker's version. */
async function download(work: string): Promise<string> {
  const path = (name: string): string => join(work, name);
  for (const folder of ["lists/partial", "cache/archives/partial", "debs"])
    mkdirSync(path(folder), { recursive: true });
  writeFileSync(path("sources.list"), sourceLine("sid") + sourceLine("testing"));
  const settings = {
    "Dir::Etc::sourcelist": path("sources.list"),
    "Dir::Etc::sourceparts": "-",
    "Dir::Etc::preferencesparts": "-",
    "Dir::State::lists": path("lists"),
    "Dir::Cache": path("cache"),
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
    "Acquire::Retries": "2",
    "APT::Update::Error-Mode": "any",
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  const limits = { env: proxyEnv(), seconds: 300 };
  await must(["apt-get", ...options, "-q", "update"], limits);
  const offered = await must(["apt-cache", ...options, "madison", "docker.io"], limits);
  const line = /^\s*docker\.io \| (28\.\S+) \| \S+ (\S+)\//m.exec(offered);
  const [, version, suite] = line ?? [];
  if (version === undefined || suite === undefined) throw new Error(`Debian has no Docker 28 any more:\n${offered}`);
  const wanted = packages.map((name) => `${name}/${suite}`).join(" ");
  const apt = ["apt-get", ...options, "-q", "download"].map((word) => `'${word}'`).join(" ");
  await must(["sh", "-c", `cd '${path("debs")}' && ${apt} ${wanted}`], limits);
  return version;
}
