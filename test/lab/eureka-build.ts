import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { proxyEnv, run } from "./command.ts";

const cacheRoot = "/var/cache/gantry-lab";
const project = join(import.meta.dirname, "eureka");
const script = join(import.meta.dirname, "../../scripts/eureka-server.sh");

/**
 * The jar of the real Eureka server, built by Maven the first time and when its pom or sources change.
 * @throws with Maven's words; GANTRY_TESTS=no-maven leaves out the tests that need it
 */
export async function buildEurekaServer(log: (line: string) => void): Promise<string> {
  const jar = join(cacheRoot, jarName());
  if (existsSync(jar)) return jar;
  log("building the Eureka server with Maven, once");
  const mavenEnv = Object.fromEntries(
    ["JAVA_HOME", "MAVEN_OPTS", "MAVEN_ARGS"].map((name) => [name, process.env[name]]).filter(([, value]) => value),
  );
  const { code, stdout, stderr } = await run(["sh", script, project, jar], {
    env: { ...proxyEnv(), ...mavenEnv },
    seconds: 300,
  });
  if (code !== 0) {
    throw new Error(
      `lab: the real Eureka server cannot be built here (exit ${code}). Where Maven Central is out of reach, ` +
        `GANTRY_TESTS=no-maven leaves out the tests that need it.\n${stderr}${stdout}`,
    );
  }
  return jar;
}

/** `eureka-server-3.5.7-2025.0.0-1a2b3c4d.jar`: Spring Boot, Spring Cloud, and a digest of all files of the project. */
function jarName(): string {
  const pom = readFileSync(join(project, "pom.xml"), "utf8");
  const [, boot = "unknown"] = /<parent>.*?<version>([^<]+)</s.exec(pom) ?? [];
  const [, cloud = "unknown"] = /<spring-cloud\.version>([^<]+)</.exec(pom) ?? [];
  const digest = createHash("sha256");
  for (const file of sourceFiles())
    digest
      .update(file)
      .update("\0")
      .update(readFileSync(join(project, file)));
  return `eureka-server-${boot}-${cloud}-${digest.digest("hex").slice(0, 8)}.jar`;
}

function sourceFiles(): readonly string[] {
  const entries = readdirSync(join(project, "src"), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return ["pom.xml", ...sources.map((file) => file.slice(project.length + 1)).toSorted()];
}
