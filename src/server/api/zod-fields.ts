import type { z } from "zod";
import type { FieldProblem } from "./problem-error.ts";

type Issue = z.core.$ZodIssue;

/** What zod found wrong, as fields with stable rules and their limits; pages translate the rules. */
export function zodFields(issues: readonly Issue[]): FieldProblem[] {
  return issues.map((issue) => {
    const field = issue.path.join(".");
    switch (issue.code) {
      case "too_small":
        return {
          field,
          rule: issue.origin === "number" ? "too-small" : emptied(issue) ? "required" : "too-short",
          message: issue.message,
          limit: Number(issue.minimum),
        };
      case "too_big":
        return {
          field,
          rule: issue.origin === "number" ? "too-large" : "too-long",
          message: issue.message,
          limit: Number(issue.maximum),
        };
      case "invalid_format":
        return {
          field,
          rule: issue.message === "name-form" ? "name-form" : "format",
          message: issue.message === "name-form" ? NAME_FORM : issue.message,
        };
      case "unrecognized_keys":
        return {
          field: [...issue.path, issue.keys[0]].join("."),
          rule: "unknown-field",
          message: `There is no field ${issue.keys.join(", ")}.`,
        };
      case "invalid_type":
        return {
          field,
          rule: issue.input === undefined && /received undefined/.test(issue.message) ? "required" : "type",
          message: issue.message,
        };
      default:
        return { field, rule: issue.code, message: issue.message };
    }
  });
}

const NAME_FORM =
  "Use letters, digits and _ . - only, and begin with a letter or digit (variables: letters, digits and _ only).";

function emptied(issue: { readonly minimum: number | bigint }): boolean {
  return Number(issue.minimum) === 1;
}
