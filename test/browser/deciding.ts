import type { Locator } from "playwright-core";
import type { Person } from "../e2e/console-person.ts";
import { submit } from "../e2e/console-requests.ts";
import { paths } from "../../src/web/paths.ts";

/** A request as its people call it. */
export interface Called {
  readonly id: number;
  readonly order: string;
}

/** Submits an order that has to be approved; returns the request. */
export async function submitForApproval(person: Person, order: number): Promise<number> {
  await person.open(paths.order(order));
  return submit(person, person.text.order.submitForApproval);
}

export function approveButton({ page, text }: Person, { id, order }: Called): Locator {
  return page.getByRole("button", { name: `${text.approvals.approve} #${id} ${order}`, exact: true });
}

/** The dialog that asks once more before a vote. */
export function decision({ page, text }: Person, { id }: Called): Locator {
  const { approveTitle, rejectTitle } = text.approvals.decide;
  const named = (name: string): Locator => page.getByRole("dialog", { name });
  return named(approveTitle(id)).or(named(rejectTitle(id)));
}

/** Presses Approve, and once more in the dialog. */
export async function approve(person: Person, called: Called): Promise<void> {
  await approveButton(person, called).click();
  await confirmApproval(person, called);
}

/** Presses the button of the dialog, which names the request. */
export async function confirmApproval(person: Person, called: Called): Promise<void> {
  await person.press(person.text.approvals.decide.approveButton(called.id), decision(person, called));
}

/** Presses Reject, and gives the reason. */
export async function reject(person: Person, called: Called, reason: string): Promise<void> {
  const { approvals } = person.text;
  const name = `${approvals.reject} #${called.id} ${called.order}`;
  await person.press(name);
  const dialog = decision(person, called);
  await person.press(approvals.decide.rejectButton(called.id), dialog);
  await dialog.getByText(approvals.decide.reasonNeeded).waitFor();
  await person.fill(approvals.decide.reason, reason, dialog);
  await person.press(approvals.decide.rejectButton(called.id), dialog);
  await person.hears(approvals.decide.rejected(called.id));
}

/** Levels, votes, and who may do what next, on the page of a request. */
export function approvalPanel({ page, text }: Person): Locator {
  return page.getByRole("region", { name: text.approvals.panel.title, exact: true });
}

/** The card of a request in the inbox. */
export function card({ page }: Person, { id, order }: Called): Locator {
  return page.getByRole("article", { name: `#${id} ${order}`, exact: true });
}
