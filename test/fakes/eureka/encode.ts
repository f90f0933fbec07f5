import type { Instance, Lease, Port } from "./instance.ts";

/** A nested value of an answer; in XML, `$` and `@…` keys are an element's text and attributes. */
type Value = string | number | Fields | readonly Fields[];
interface Fields {
  readonly [name: string]: Value;
}

export type Format = "json" | "xml";

/** An application as it is shown: its upper-case name and leases. */
export interface Application {
  readonly name: string;
  readonly leases: readonly Lease[];
}

/** `{"instance":{...}}`, as the live reads answer. */
export function encodeInstance(lease: Lease, format: Format): string {
  const instance = fieldsOf(lease, format);
  return format === "json" ? JSON.stringify({ instance }) : xml("instance", instance);
}

/** The instance as peers send it to each other, in JSON. */
export function replicatedInstance(lease: Lease): unknown {
  return fieldsOf(lease, "json");
}

export function encodeApplication(application: Application, format: Format): string {
  const fields = applicationFields(application, format);
  return format === "json" ? JSON.stringify({ application: fields }) : xml("application", fields);
}

/** All, a delta's or a virtual address's applications; `version` counts deltas (-1 for virtual addresses). */
export function encodeApplications(
  applications: readonly Application[],
  version: number,
  hash: string,
  format: Format,
): string {
  const fields = {
    versions__delta: String(version),
    apps__hashcode: hash,
    application: applications.map((application) => applicationFields(application, format)),
  };
  return format === "json" ? JSON.stringify({ applications: fields }) : xml("applications", fields);
}

/** `OUT_OF_SERVICE_1_UP_2_`: how many leases have which status, by which clients check what a delta left them with. */
export function hashCode(applications: readonly Application[]): string {
  const counts = new Map<string, number>();
  for (const { instance } of applications.flatMap(({ leases }) => leases)) {
    counts.set(instance.status, (counts.get(instance.status) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([status, count]) => `${status}_${count}_`).join("");
}

/** XML of nested fields, two blanks a level, as XStream prints it. */
export function xml(name: string, value: Value, indent = ""): string {
  if (Array.isArray(value)) return value.map((item: Fields) => xml(name, item, indent)).join("\n");
  if (typeof value !== "object") return `${indent}<${name}>${escape(String(value))}</${name}>`;
  const entries = Object.entries(value as Fields);
  const attributes = entries.filter(([key]) => key.startsWith("@"));
  const opening = `<${name}${attributes.map(([key, text]) => ` ${key.slice(1)}="${escape(text as string)}"`).join("")}`;
  const text = (value as Fields)["$"];
  if (typeof text === "number") return `${indent}${opening}>${text}</${name}>`;
  const children = entries.filter(
    ([key, child]) => !key.startsWith("@") && !(Array.isArray(child) && child.length === 0),
  );
  if (children.length === 0) return `${indent}${opening}/>`;
  const lines = children.map(([key, child]) => xml(key, child, `${indent}  `));
  return `${indent}${opening}>\n${lines.join("\n")}\n${indent}</${name}>`;
}

function applicationFields({ name, leases }: Application, format: Format): Fields {
  return { name, instance: leases.map((lease) => fieldsOf(lease, format)) };
}

/** The order and the spelling of Eureka's encoders: strings and numbers as they mix them. */
function fieldsOf(lease: Lease, format: Format): Fields {
  const { instance } = lease;
  const json = format === "json";
  return {
    ...(instance.instanceId === undefined ? {} : { instanceId: instance.instanceId }),
    hostName: instance.hostName,
    app: instance.app,
    ipAddr: instance.ipAddr,
    status: instance.status,
    [json ? "overriddenStatus" : "overriddenstatus"]: instance.overriddenStatus,
    port: portFields(instance.port, json),
    securePort: portFields(instance.securePort, json),
    countryId: instance.countryId,
    dataCenterInfo: { "@class": instance.dataCenterInfo.class, name: instance.dataCenterInfo.name },
    leaseInfo: {
      renewalIntervalInSecs: instance.renewalIntervalInSecs,
      durationInSecs: instance.durationInSecs,
      registrationTimestamp: lease.registrationTimestamp,
      lastRenewalTimestamp: lease.renewalTimestamp,
      evictionTimestamp: lease.evictionTimestamp,
      serviceUpTimestamp: lease.serviceUpTimestamp,
    },
    metadata: metadataFields(instance, json),
    ...instance.links,
    isCoordinatingDiscoveryServer: "false",
    lastUpdatedTimestamp: String(instance.lastUpdatedTimestamp),
    lastDirtyTimestamp: String(instance.lastDirtyTimestamp),
    ...(instance.actionType === undefined ? {} : { actionType: instance.actionType }),
  };
}

/** In JSON the number is a number and `enabled` a string. */
function portFields({ number, enabled }: Port, json: boolean): Fields {
  return json ? { $: number, "@enabled": String(enabled) } : { "@enabled": String(enabled), $: number };
}

function metadataFields({ metadata }: Instance, json: boolean): Fields {
  const isEmpty = Object.keys(metadata).length === 0;
  return isEmpty && json ? { "@class": "java.util.Collections$EmptyMap" } : metadata;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
