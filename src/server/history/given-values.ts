import { sql, type RawBuilder } from "kysely";
import { PLANNED_FOR_VALUES } from "../store/prepared-statements.ts";

/** How values of filters get into SQL. */
export interface GivenValues {
  one(value: string | number): RawBuilder<unknown>;
  /** What `=` compares a column with: any of them. */
  any(values: readonly (string | number)[], type: "int" | "text"): RawBuilder<unknown>;
}

/** As parameters: a statement is planned once for all values. */
export const AS_PARAMETERS: GivenValues = {
  one: (value) => sql`${value}`,
  any: (values, type) => sql`any(${[...values]}::${sql.raw(type)}[])`,
};

/** As literals: a statement is planned for these values, by how many rows have them. Texts are names or times. */
export const AS_LITERALS: GivenValues = {
  one: (value) => sql`${sql.lit(value)} ${PLANNED_FOR_VALUES}`,
  any: (values, type) => sql`any(${sql.lit(`{${values.join(",")}}`)}::${sql.raw(type)}[]) ${PLANNED_FOR_VALUES}`,
};
