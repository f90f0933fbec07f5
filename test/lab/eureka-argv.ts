import { join } from "node:path";

/** The arguments by which the real Eureka server of that folder is known in the process list. */
export function eurekaArgv(folder: string): readonly string[] {
  const flags = ["-Xmx192m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
  return ["java", ...flags, "-jar", join(folder, "eureka-server.jar")];
}

/** The same for the small ones, which share one process. */
export function smallEurekaArgv(folder: string): readonly string[] {
  const program = join(import.meta.dirname, "../fakes/eureka/main.ts");
  return [process.execPath, program, "--config", join(folder, "small-eureka.json")];
}
