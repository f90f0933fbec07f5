import { PUBLIC } from "../comment-keys.ts";
import { eurekaAppName, peerProblem, peersOf } from "../eureka-urls.ts";
import { withoutLogin } from "../secret-keys.ts";
import { projectsOf, settingsOf, valueAt } from "../sections.ts";
import type { Rule } from "./rule.ts";

const forms = ["http://eureka1:9001", "http://eureka1:9001,http://eureka2:9001/eureka"];

/** Every peer of EurekaUrl is a URL. */
export const eurekaUrlIsValid: Rule = (document) =>
  settingsOf(document, "EurekaUrl").flatMap(({ path, value }) => {
    if (path[0] !== PUBLIC || typeof value !== "string") return [];
    return peersOf(value).flatMap(({ text, offset }) => {
      const problem = peerProblem(text);
      if (problem === undefined) return [];
      const place = document.insidePlace(path, offset);
      return [{ ...place, code: "url" as const, seen: withoutLogin(text), problem, allowed: forms }];
    });
  });

/** A name in Eureka needs an Eureka. The same file without it is what environments without Eureka have, so it is no error. */
export const eurekaNameHasUrl: Rule = (document) => {
  const url = valueAt(document.value, [PUBLIC, "EurekaUrl"]);
  if (url !== undefined && (typeof url !== "string" || peersOf(url).length > 0)) return [];
  return projectsOf(document).flatMap(({ name, own }) => {
    const appName = eurekaAppName(own["AppSpringName"]);
    if (appName === undefined) return [];
    return [{ ...document.valuePlace([name, "AppSpringName"]), code: "no-eureka-url", appName }];
  });
};

/** Draining in Eureka needs a project that is in Eureka. */
export const drainedInEureka: Rule = (document) =>
  projectsOf(document).flatMap(({ name, own }) => {
    const path = [name, "Drain", "method"];
    if (valueAt(own, path.slice(1)) !== "eureka" || eurekaAppName(own["AppSpringName"]) !== undefined) return [];
    return [{ ...document.valuePlace(path), code: "drain-without-eureka" }];
  });
