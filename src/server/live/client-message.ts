import { z } from "zod";
import type { ClientMessage } from "../../contract/socket.ts";

const request = z.number().int().positive();
const ClientMessage = z.union([
  z.strictObject({ watch: z.literal("request"), request }),
  z.strictObject({ unwatch: z.literal("request"), request }),
  z.strictObject({ watch: z.literal("requests") }),
]) satisfies z.ZodType<ClientMessage>;

/** What a page has sent; undefined where it is nothing that pages send. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  try {
    return ClientMessage.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
