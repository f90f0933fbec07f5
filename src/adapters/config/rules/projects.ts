import { checkImageReference } from "../../../domain/image-reference.ts";
import type { FileProblem } from "../problems.ts";
import { projectsOf, settingsOf } from "../sections.ts";
import { seenValue, withoutLogin } from "../secret-keys.ts";
import type { Rule } from "./rule.ts";

/** Leaves room for the stamp and `-failed` in host names and file names that containers become. */
const longestName = 100;

/** A project's name is part of its image's and of its containers' names. */
export const projectNameIsValid: Rule = (document) =>
  projectsOf(document).flatMap(({ name }) => {
    const problem = nameProblem(name);
    return problem === undefined ? [] : [{ ...document.keyPlace([name]), code: "project-name", name, problem }];
  });

function nameProblem(name: string): "uppercase" | "characters" | "too-long" | undefined {
  const valid = /^[a-z0-9][a-z0-9._-]*$/;
  if (name.length > longestName) return "too-long";
  if (valid.test(name)) return undefined;
  return valid.test(name.toLowerCase()) ? "uppercase" : "characters";
}

/** DockerImageURL and the project's name make an image; most mistakes in it would show only when it is pulled. */
export const imageIsValid: Rule = (document) =>
  projectsOf(document).flatMap(({ name, own }): readonly FileProblem[] => {
    const path = [name, "DockerImageURL"];
    const imageUrl = own["DockerImageURL"];
    if (typeof imageUrl !== "string" || nameProblem(name) !== undefined) return [];
    const place = document.valuePlace(path);
    const seen = seenValue(imageUrl, path);
    if (/^[a-z]+:\/\//i.test(imageUrl)) return [{ ...place, code: "image-url", seen, problem: "scheme" }];
    const image = imageUrl + name;
    const reference = checkImageReference(image);
    if (!reference.ok) return [{ ...place, code: "image", image: withoutLogin(image), problem: reference.failure }];
    if (reference.value.tag !== undefined || reference.value.digest !== undefined) {
      return [{ ...place, code: "image-url", seen, problem: "version" }];
    }
    return imageUrl === "" || imageUrl.endsWith("/") ? [] : [{ ...place, code: "image-url-joins", image }];
  });

/** An empty pattern would mean no host, or all of them. */
export const hostsAreNamed: Rule = (document) =>
  settingsOf(document, "hosts").flatMap(({ path, value }) =>
    typeof value === "string" && value.trim() === ""
      ? [{ ...document.valuePlace(path), code: "empty-value" as const }]
      : [],
  );
