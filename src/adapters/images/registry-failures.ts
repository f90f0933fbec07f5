import { FailureError } from "../../engine/errors.ts";
import { type Mask, oneLine } from "./failure-detail.ts";
import type { HttpAnswer } from "./http-exchange.ts";
import { fieldsOf, isObject, parseJson, textOf } from "./json.ts";
import type { ImageAddress } from "./image-address.ts";

/** Makes the failures of one conversation about one image; to be thrown inside `attempt`. */
export interface RegistryFailures {
  unreachable(detail: string): FailureError;
  login(detail: string): FailureError;
  missing(detail: string): FailureError;
  /** What an answer other than the hoped-for one means. */
  ofAnswer(answer: HttpAnswer): FailureError;
}

export function registryFailures({ registry, text: image }: ImageAddress, mask: Mask): RegistryFailures {
  const failures: RegistryFailures = {
    unreachable: (detail) =>
      new FailureError({ reason: "registry-unreachable", registry, image, detail: mask.clean(detail) }),
    login: (detail) => new FailureError({ reason: "registry-login", registry, image, detail: mask.clean(detail) }),
    missing: (detail) => new FailureError({ reason: "image-missing", image, detail: mask.clean(detail) }),
    ofAnswer(answer) {
      const { status } = answer;
      const said = serverWords(answer);
      const detail = said === "" ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
      if (status === 401 || status === 403) return failures.login(detail);
      if (status === 404 && speaksRegistry(answer)) return failures.missing(detail);
      if (status === 400 && /NAME_INVALID|TAG_INVALID/.test(said)) return failures.missing(detail);
      if (status === 404) return failures.unreachable(`${detail}; this does not look like an image registry`);
      return failures.unreachable(detail);
    },
  };
  return failures;
}

/** A 404 of a registry tells a missing image; one of any other web server tells a wrong address. */
function speaksRegistry(answer: HttpAnswer): boolean {
  if (answer.headers["docker-distribution-api-version"] !== undefined) return true;
  return Array.isArray(fieldsOf(parseJson(answer.body.toString("utf8")))["errors"]);
}

/**
 * A server's own words: `errors[].code` and `.message` (OCI distribution specification, "Error Codes"), or the
 * fields that token servers use (`details`, OAuth2's `error_description` and `error`); else nothing.
 */
export function serverWords(answer: HttpAnswer): string {
  const body = parseJson(answer.body.toString("utf8"));
  if (!isObject(body)) return "";
  const errors = Array.isArray(body["errors"]) ? body["errors"].map(fieldsOf) : [];
  const listed = errors
    .map((error) => [textOf(error["code"]), textOf(error["message"])].filter((part) => part !== undefined).join(" "))
    .filter((words) => words !== "");
  if (listed.length > 0) return oneLine(listed.join("; "));
  const words = [body["details"], body["error_description"], body["message"], body["error"]].map(textOf);
  return oneLine(words.find((text) => text !== undefined) ?? "");
}
