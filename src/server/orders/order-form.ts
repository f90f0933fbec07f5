import type { FormField, FormValues, Options, OrderForm } from "../../contract/requests.ts";
import type { Variable } from "../../contract/definitions.ts";
import { dependenciesOf } from "../../domain/cascade.ts";
import { checkValues, valuesGiven } from "../../domain/form-values.ts";
import { invalid } from "../api/problem-error.ts";
import { valueProblemText } from "../words/value-words.ts";
import type { Language } from "../words/task-words.ts";
import { environmentRef } from "./catalogue.ts";
import type { LoadedOrder } from "./loaded-order.ts";
import { valuesOf } from "./order-command.ts";
import { optionsOf, type OptionParts } from "./option-source.ts";

/** An order as its submitter sees it. */
export function orderForm(loaded: LoadedOrder): OrderForm {
  const { id, version, order, environment, category, configCentre, variables, unavailable } = loaded;
  return {
    id,
    version,
    name: order.name,
    description: order.description,
    environment: environmentRef(environment.id, environment),
    category: category?.name ?? null,
    configCentre: configCentre.name,
    schedulable: order.schedulable,
    background: order.background,
    lock: order.lock,
    unavailable,
    fields: variables.map(({ data }) => formField(data, new Set(variables.map((each) => each.data.name)))),
  };
}

function formField(variable: Variable, names: ReadonlySet<string>): FormField {
  const { name, label, description, formType, source, required, pattern, min, max, secret } = variable;
  return {
    name,
    label,
    description,
    formType,
    values: source.kind === "input" ? "input" : "options",
    default: variable.default,
    required,
    pattern,
    min,
    max,
    secret,
    dependsOn: parentsOf(variable).filter((parent) => names.has(parent)),
  };
}

/** The names that a variable's source refers to. */
export function parentsOf({ source }: Variable): readonly string[] {
  if (source.kind === "script") return dependenciesOf(source.command);
  if (source.kind === "tags" || source.kind === "versions") return dependenciesOf(source.project);
  return [];
}

/** The values that may be chosen for one variable of an order, given the others. */
export function orderOptions(
  parts: OptionParts,
  loaded: LoadedOrder,
  name: string,
  values: FormValues,
  refresh: boolean,
  language: Language,
): Promise<Options> | undefined {
  const variable = loaded.variables.find(({ data }) => data.name === name);
  if (variable === undefined) return undefined;
  const secrets = new Set(loaded.variables.filter(({ data }) => data.secret).map(({ data }) => data.name));
  const open = Object.fromEntries(Object.entries(values).filter(([each]) => !secrets.has(each)));
  return optionsOf(parts, {
    variable,
    values: valuesOf(loaded, open, new Date()),
    secrets,
    environment: loaded.environment.name,
    configCentre: variable.data.configCentre ?? loaded.order.configCentre,
    refresh,
    language,
  });
}

/** Checks submitted values by the form's rules and against what may be chosen now; throws every problem. */
export async function checkFormValues(
  parts: OptionParts,
  loaded: LoadedOrder,
  values: FormValues,
  language: Language,
): Promise<void> {
  const { fields } = orderForm(loaded);
  const options = new Map<string, readonly string[]>();
  const failed: { field: string; message: string }[] = [];
  await Promise.all(
    fields
      .filter((field) => field.values === "options" && valuesGiven(values, field.name).length > 0)
      .map(async ({ name }) => {
        const answer = await orderOptions(parts, loaded, name, values, false, language);
        if (answer === undefined) return;
        if (answer.status === "failed") failed.push({ field: name, message: answer.problem ?? "" });
        else options.set(name, answer.values);
      }),
  );
  const problems = checkValues(fields, values, options).map(({ field, rule, ...more }) => ({
    field: `values.${field}`,
    rule,
    message: valueProblemText(rule, "limit" in more ? more.limit : undefined, language),
    ...("limit" in more && more.limit !== undefined ? { limit: more.limit } : {}),
  }));
  const unknown = failed.map(({ field, message }) => ({ field: `values.${field}`, rule: "options-failed", message }));
  if (problems.length + unknown.length > 0) throw invalid([...problems, ...unknown]);
}
