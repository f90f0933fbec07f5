import { expect } from "vitest";
import type { DefinitionKind, FormType, ValueSource } from "../../src/contract/definitions.ts";
import type { Person } from "./console-person.ts";

/** Opens the list of all definitions of a kind. */
async function list(person: Person, kind: DefinitionKind): Promise<void> {
  const { configuration } = person.text;
  await person.visit("configuration");
  const tabs = person.page.getByRole("navigation", { name: configuration.title, exact: true });
  await person.follow(configuration.kinds[kind].many, tabs);
  await person.heading(configuration.kinds[kind].many).waitFor();
}

/** Opens the form of a new definition by the button above the list. */
async function begin(person: Person, kind: DefinitionKind): Promise<void> {
  const { configuration } = person.text;
  await list(person, kind);
  await person.page.getByRole("link", { name: configuration.kinds[kind].create }).first().click();
  await person.heading(configuration.kinds[kind].create).waitFor();
}

async function save(person: Person, name: string, version = 1): Promise<void> {
  await person.press(person.text.general.save);
  await person.hears(person.text.configuration.editor.saved(name, version));
  await person.heading(name).waitFor();
}

export async function defineEnvironment(person: Person, name: string): Promise<void> {
  await begin(person, "environment");
  await person.fill(person.text.configuration.fields.name, name);
  await save(person, name);
}

export async function defineCategory(person: Person, name: string): Promise<void> {
  await begin(person, "category");
  await person.fill(person.text.configuration.fields.name, name);
  await save(person, name);
}

/** Tells the machine that the console runs on where Gantry's files are, and has it verified. */
export async function setUpLocalCentre(person: Person, gantryHome: string, inventory: string): Promise<void> {
  const { configuration, configCentres } = person.text;
  await list(person, "config_centre");
  await person.follow("local");
  await person.heading("local").waitFor();
  await person.fill(configCentres.gantryHome, gantryHome);
  await person.fill(configCentres.inventory, inventory);
  await person.press(configuration.verify.action);
  await person.page.getByText(configCentres.verify.ok).waitFor();
  await save(person, "local", 2);
}

export interface VariableOfForm {
  readonly name: string;
  readonly label: string;
  readonly environment: string;
  readonly category: string;
  readonly source: Extract<ValueSource, { kind: "script" | "list" }>;
  readonly formType: FormType;
  readonly default?: string;
}

/** Defines a variable; before it is saved, Verify has to show exactly these values. */
export async function defineVariable(
  person: Person,
  variable: VariableOfForm,
  verified: readonly string[],
): Promise<void> {
  const { configuration, variables } = person.text;
  await begin(person, "variable");
  await person.fill(variables.name, variable.name);
  await person.fill(variables.label, variable.label);
  await person.choose(variables.source, variables.sources[variable.source.kind].name);
  if (variable.source.kind === "script") await person.fill(variables.command, variable.source.command);
  else await person.fill(variables.list, variable.source.values.join("\n"));
  await person.choose(variables.formType, variables.formTypes[variable.formType]);
  if (variable.default !== undefined) await person.choose(variables.default, variable.default);
  await person.choose(configuration.fields.environment, variable.environment);
  await person.choose(configuration.fields.category, variable.category);
  await person.press(configuration.verify.action);
  const side = person.page.getByRole("complementary", { name: configuration.editor.about });
  await side.getByText(variables.valueCount(verified.length)).waitFor();
  expect(await verifiedValues(person, variable)).toEqual(verified);
  await save(person, variable.name);
}

/** The values that Verify shows, by the input that the form will have. */
async function verifiedValues(person: Person, { label, formType }: VariableOfForm): Promise<readonly string[]> {
  const { configuration } = person.text;
  const side = person.page.getByRole("complementary", { name: configuration.editor.about });
  if (formType === "radio") return side.getByRole("radiogroup", { name: label }).locator("label").allInnerTexts();
  await person.field(label, side).click();
  const shown = await person.page.getByRole("option").allInnerTexts();
  await person.page.keyboard.press("Escape");
  return shown;
}

export async function defineVariableGroup(
  person: Person,
  group: { readonly name: string; readonly environment: string; readonly variables: readonly string[] },
): Promise<void> {
  const { configuration, variableGroups } = person.text;
  await begin(person, "variable_group");
  await person.fill(configuration.fields.name, group.name);
  for (const variable of group.variables) {
    await person.field(variableGroups.add).click();
    await person.page.getByRole("option", { name: `${variable} · ` }).click();
    await person.page.getByRole("link", { name: variable, exact: true }).waitFor();
  }
  await person.choose(configuration.fields.environment, group.environment);
  await save(person, group.name);
}

export interface OrderOfForm {
  readonly name: string;
  readonly environment: string;
  readonly category: string;
  readonly submitters: string;
  readonly variableGroup: string;
  readonly mainTask: string;
}

/** Defines a work order on the machine that the console runs on; the page shows how the task line was read. */
export async function defineWorkOrder(person: Person, order: OrderOfForm): Promise<void> {
  const { configuration, workOrders } = person.text;
  await begin(person, "work_order");
  await person.fill(configuration.fields.name, order.name);
  await person.choose(configuration.fields.environment, order.environment);
  await person.choose(configuration.fields.category, order.category);
  await person.choose(workOrders.submitters, order.submitters);
  await person.page.keyboard.press("Escape");
  await person.choose(workOrders.configCentre, "local");
  await person.choose(workOrders.variableGroup, order.variableGroup);
  await person.fill(workOrders.mainTask, order.mainTask);
  const side = person.page.getByRole("complementary", { name: configuration.editor.about });
  await side.getByText(workOrders.verify.gantry, { exact: true }).waitFor();
  await save(person, order.name);
}

/** Opens one of the pages of administration. */
async function administer(person: Person, tab: "accounts" | "userGroups"): Promise<void> {
  const { administration } = person.text;
  await person.visit("administration");
  const tabs = person.page.getByRole("navigation", { name: administration.title, exact: true });
  await person.follow(administration.tabs[tab], tabs);
  await person.heading(administration.tabs[tab]).waitFor();
}

export async function defineUserGroup(person: Person, name: string): Promise<void> {
  const { administration, general } = person.text;
  await administer(person, "userGroups");
  await person.page.getByRole("button", { name: administration.groups.create }).first().click();
  const dialog = person.page.getByRole("dialog", { name: administration.groups.create });
  await person.fill(administration.groups.name, name, dialog);
  await person.press(general.save, dialog);
  await person.hears(administration.groups.saved(name));
}

/** Makes an account of a submitter; returns the one-time password that the page has made up. */
export async function createSubmitter(person: Person, name: string, group: string): Promise<string> {
  const { accounts } = person.text.administration;
  await administer(person, "accounts");
  await person.press(accounts.create);
  const dialog = person.page.getByRole("dialog", { name: accounts.create });
  await person.fill(accounts.name, name, dialog);
  await person.choose(accounts.groups, group, dialog);
  await person.press(accounts.generate, dialog);
  const password = await person.field(accounts.password, dialog).inputValue();
  await person.press(person.text.general.save, dialog);
  await person.hears(accounts.saved(name));
  return password;
}
