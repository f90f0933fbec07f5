import { createHash } from "node:crypto";
import { constants, copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { proxyEnv, run } from "./command.ts";

/** The Maven projects in this folder. */
export type MavenProject = "eureka" | "spring-service" | "spring-consumer";

const cacheRoot = "/var/cache/gantry-lab";
const script = join(import.meta.dirname, "../../scripts/maven-jar.sh");

/**
 * The jar of that project, built by Maven the first time and when its pom or sources change.
 * It goes when another checkout builds another version: what takes longer to read it uses `copyJar`.
 * @throws with Maven's words; GANTRY_TESTS=no-maven leaves out the tests that need it
 */
export async function buildJar(name: MavenProject, log: (line: string) => void): Promise<string> {
  const project = join(import.meta.dirname, name);
  const jar = join(cacheRoot, jarName(project));
  if (existsSync(jar)) return jar;
  log(`building test/lab/${name} with Maven, once`);
  const mavenEnv = Object.fromEntries(
    ["JAVA_HOME", "MAVEN_OPTS", "MAVEN_ARGS"].map((key) => [key, process.env[key]]).filter(([, value]) => value),
  );
  // Long enough for two other builds that came first.
  const { code, stdout, stderr } = await run(["sh", script, project, jar], {
    env: { ...proxyEnv(), ...mavenEnv },
    seconds: 750,
  });
  if (code !== 0) {
    throw new Error(
      `lab: test/lab/${name} cannot be built here (exit ${code}). Where Maven Central is out of reach, ` +
        `GANTRY_TESTS=no-maven leaves out the tests that need it.\n${stderr}${stdout}`,
    );
  }
  return jar;
}

/** A program's own copy of a jar, without taking space where the file system can share it; one that is there stays. */
export function copyJar(jar: string, copy: string): void {
  if (!existsSync(copy)) copyFileSync(jar, copy, constants.COPYFILE_FICLONE);
}

/** `eureka-server-3.5.7-2025.0.0-1a2b3c4d.jar`: Spring Boot, Spring Cloud, and a digest of all files of the project. */
function jarName(project: string): string {
  const pom = readFileSync(join(project, "pom.xml"), "utf8");
  const [, built = "unknown"] = /<finalName>([^<]+)</.exec(pom) ?? [];
  const [, boot = "unknown"] = /<parent>.*?<version>([^<]+)</s.exec(pom) ?? [];
  const [, cloud = "unknown"] = /<spring-cloud\.version>([^<]+)</.exec(pom) ?? [];
  const digest = createHash("sha256");
  for (const file of sourceFiles(project))
    digest
      .update(file)
      .update("\0")
      .update(readFileSync(join(project, file)));
  return `${built}-${boot}-${cloud}-${digest.digest("hex").slice(0, 8)}.jar`;
}

function sourceFiles(project: string): readonly string[] {
  const entries = readdirSync(join(project, "src"), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return ["pom.xml", ...sources.map((file) => file.slice(project.length + 1)).toSorted()];
}
