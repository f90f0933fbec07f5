import { FailureError, unwrap } from "./errors.ts";
import type { RegistryInstance } from "./ports.ts";
import type { StepContext } from "./step-context.ts";

/**
 * The URL of one of the service's own paths, as its host sees it: at the address that it registers with, else at its
 * first published port, else where it is probed. Throws FailureError (`deregister-nowhere`).
 */
export async function serviceUrl(
  path: string,
  container: string | undefined,
  instance: RegistryInstance | undefined,
  { target, plan }: StepContext,
): Promise<string> {
  if (instance !== undefined) return `http://${bracketed(instance.address)}:${instance.port}${path}`;
  const published = container === undefined ? [] : unwrap(await target.docker.inspect(container)).publishedPorts;
  const [first] = published.toSorted((a, b) => a.container - b.container);
  if (first !== undefined) return `http://127.0.0.1:${first.host}${path}`;
  const { http, tcp } = plan.healthCheck;
  if (http !== undefined) return new URL(path, http).href;
  if (tcp !== undefined) return `http://${tcp}${path}`;
  throw new FailureError({ reason: "deregister-nowhere", host: target.host.name, project: plan.project });
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}
