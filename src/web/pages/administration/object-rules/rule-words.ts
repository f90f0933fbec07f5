import type { ObjectRuleItem } from "../../../../contract/people.ts";
import type { RulePermission } from "../../../../contract/states.ts";
import type { Catalogue } from "../../../locales/catalogue.ts";

interface Placed {
  readonly permission: RulePermission;
  readonly environment: { readonly name: string } | null;
  readonly category: { readonly name: string } | null;
}

/** Where a rule holds: "in stage / DeployDocker". */
function where({ environment, category }: Placed, text: Catalogue["roles"]["rules"]): string {
  if (environment === null) return category === null ? "" : text.inCategory(category.name);
  return category === null ? text.inEnvironment(environment.name) : text.inBoth(environment.name, category.name);
}

/** What a rule allows: "may submit all orders in stage / DeployDocker". */
export function shortRule(rule: Placed, { roles: { rules } }: Catalogue): string {
  return rules.short(rules.verbs[rule.permission], where(rule, rules));
}

/** The whole rule: "developers may submit all orders in stage / DeployDocker". */
export function ruleSentence(
  rule: Placed & Pick<ObjectRuleItem, "userGroup">,
  { roles: { rules } }: Catalogue,
): string {
  return rules.sentence(rule.userGroup.name, rules.verbs[rule.permission], where(rule, rules));
}
