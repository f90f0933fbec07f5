import { type Person, ZONE } from "./console-person.ts";
import { findOrder, sees, submit } from "./console-requests.ts";

/** A moment as an input of type `datetime-local` has it, in the zone of the people here. */
export function wallClock(moment: Date): string {
  return moment.toLocaleString("sv-SE", { timeZone: ZONE, dateStyle: "short", timeStyle: "short" }).replace(" ", "T");
}

/** Submits an order for a time, which form and request have to name with its zone; returns the request. */
export async function schedule(person: Person, order: string, moment: Date): Promise<number> {
  const { when } = person.text.order;
  await findOrder(person, order.slice(0, 3), order);
  await person.tick(when.at);
  await person.page.getByText(when.zone(ZONE), { exact: true }).waitFor();
  await person.fill(when.time, wallClock(moment));
  const id = await submit(person);
  await sees(person, "scheduled");
  const said = moment.toLocaleString("en", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  await person.page
    .getByRole("list", { name: person.text.request.timeline.label })
    .getByText(new RegExp(`\\b${said}:00 GMT\\+8`))
    .waitFor();
  return id;
}
