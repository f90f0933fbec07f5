import { invalid } from "../api/problem-error.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../store/violations.ts";

/** Rethrows; a name that somebody else has becomes a problem of the field. */
export function nameTaken(error: unknown): never {
  if (isUniqueViolation(error))
    throw invalid([{ field: "name", rule: "taken", message: "There is one with this name already." }]);
  throw error;
}

/** Rethrows; a role that is not there becomes a problem of the field. */
export function unknownRole(error: unknown): never {
  if (isForeignKeyViolation(error))
    throw invalid([{ field: "role", rule: "unknown", message: "There is no such role." }]);
  throw error;
}
