import { statusOf, type Instance, type Port, type Status } from "./instance.ts";

/** A registration: the instance, or the words of the 400 that answers it. */
export type Decoded = { readonly instance: Instance } | { readonly refusal: string };

const unreadable = { refusal: '{"error": "cannot parse request body"}' } as const;
const linkNames = ["homePageUrl", "statusPageUrl", "healthCheckUrl", "secureHealthCheckUrl"];
const vipNames = ["vipAddress", "secureVipAddress"];

/** Reads the body of POST /apps/{APP}, `{"instance":{...}}`, with the refusals of `ApplicationResource`. */
export function decodeRegistration(text: string, pathApp: string, now: number): Decoded {
  try {
    const body: unknown = JSON.parse(text);
    return decodeInstance(recordOf(recordOf(body)["instance"]), pathApp, now);
  } catch {
    return unreadable;
  }
}

/** Reads an instance as peers send it to each other. @throws when it is none */
export function decodeReplicated(value: unknown, now: number): Instance {
  const fields = recordOf(value);
  const decoded = decodeInstance(fields, textOf(fields["app"])?.toUpperCase() ?? "", now);
  if ("refusal" in decoded) throw new Error(decoded.refusal);
  return decoded.instance;
}

function decodeInstance(fields: Readonly<Record<string, unknown>>, pathApp: string, now: number): Decoded {
  const app = textOf(fields["app"])?.toUpperCase() ?? "";
  if (app === "") return unreadable;
  const hostName = textOf(fields["hostName"]) ?? "";
  const ipAddr = textOf(fields["ipAddr"]) ?? "";
  const lease = fields["leaseInfo"] === undefined ? {} : recordOf(fields["leaseInfo"]);
  const center = fields["dataCenterInfo"] === undefined ? undefined : recordOf(fields["dataCenterInfo"]);
  const centerClass = textOf(center?.["@class"]);
  const centerName = textOf(center?.["name"]);
  if (center !== undefined && centerClass === undefined) return unreadable;
  if (centerName !== undefined && !["MyOwn", "Netflix", "Amazon"].includes(centerName)) return unreadable;
  const port = portOf(fields["port"], { number: 7001, enabled: true });
  const securePort = portOf(fields["securePort"], { number: 7002, enabled: false });

  if (hostName === "") return { refusal: "Missing hostname" };
  if (ipAddr === "") return { refusal: "Missing ip address" };
  if (app !== pathApp) return { refusal: `Mismatched appName, expecting ${pathApp} but was ${app}` };
  if (centerClass === undefined) return { refusal: "Missing dataCenterInfo" };
  if (centerName === undefined) return { refusal: "Missing dataCenterInfo Name" };
  return {
    instance: {
      instanceId: textOf(fields["instanceId"]),
      hostName,
      app,
      ipAddr,
      status: decodeStatus(fields["status"], "UP"),
      overriddenStatus: decodeStatus(fields["overriddenStatus"] ?? fields["overriddenstatus"], "UNKNOWN"),
      port,
      securePort,
      countryId: numberOf(fields["countryId"], 1),
      dataCenterInfo: { class: centerClass, name: centerName },
      renewalIntervalInSecs: numberOf(lease["renewalIntervalInSecs"], 30),
      durationInSecs: numberOf(lease["durationInSecs"], 90),
      metadata: texts(fields["metadata"] === undefined ? {} : recordOf(fields["metadata"])),
      links: texts(Object.fromEntries([...linkNames, ...vipNames].map((name) => [name, fields[name]]))),
      lastUpdatedTimestamp: numberOf(fields["lastUpdatedTimestamp"], now),
      lastDirtyTimestamp: numberOf(fields["lastDirtyTimestamp"], now),
      actionType: undefined,
    },
  };
}

/** An absent status is the fallback, an unknown word UNKNOWN (`InstanceStatus.toEnum`). */
function decodeStatus(value: unknown, fallback: Status): Status {
  return value === undefined || value === null ? fallback : (statusOf(textOf(value)?.toUpperCase()) ?? "UNKNOWN");
}

function portOf(value: unknown, fallback: Port): Port {
  if (value === undefined || value === null) return fallback;
  const fields = recordOf(value);
  return { number: numberOf(fields["$"], fallback.number), enabled: textOf(fields["@enabled"]) === "true" };
}

function texts(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const pairs = Object.entries(fields).map(([key, value]) => [key, textOf(value)] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[0] !== "@class"),
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("not an object");
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

function numberOf(value: unknown, fallback: number): number {
  const text = textOf(value);
  if (text === undefined) return fallback;
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new TypeError(`not a number: ${text}`);
  return number;
}
