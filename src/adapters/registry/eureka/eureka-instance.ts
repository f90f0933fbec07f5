import type { InstanceStatus, ListedInstance } from "../../../engine/registry-failure.ts";
import { type Fields, fieldsOf, isObject, listOf, numberOf, parseJson, textOf } from "./json.ts";

/** An instance as a peer's JSON shows it (Eureka's `InstanceInfo`); times in milliseconds since the epoch. */
export interface EurekaInstance extends ListedInstance {
  /** Upper case. */
  readonly app: string;
  /** Every enabled port, secure ones too; `port` is the one that clients use. */
  readonly ports: readonly number[];
  /** UNKNOWN: no status is set over the instance's own. */
  readonly overriddenStatus: InstanceStatus;
  /** Metadata `deployid`. No other metadata is kept: Spring Boot Admin puts passwords there. */
  readonly token?: string;
  /** In a delta: it has been removed. */
  readonly deleted: boolean;
  /** When this peer took the registration, by the peer's clock. */
  readonly registeredAt?: number;
  /** When the instance last changed what it registers, by the clock of the instance. */
  readonly dirtyAt?: number;
  /** Milliseconds between heartbeats. */
  readonly heartbeat?: number;
}

/** The instances in an answer to `GET /apps` or `/apps/delta`; undefined when it is no answer of Eureka. */
export function readApplications(body: string): readonly EurekaInstance[] | undefined {
  const { applications } = fieldsOf(parseJson(body));
  if (!isObject(applications)) return undefined;
  return listOf(applications["application"]).flatMap(instancesOf);
}

/** The instances in an answer to `GET /apps/{APP}`; undefined as above. */
export function readApplication(body: string): readonly EurekaInstance[] | undefined {
  const { application } = fieldsOf(parseJson(body));
  return isObject(application) ? instancesOf(application) : undefined;
}

/** The instance in an answer to `GET /apps/{APP}/{id}`; undefined as above. */
export function readInstance(body: string): EurekaInstance | undefined {
  const { instance } = fieldsOf(parseJson(body));
  return isObject(instance) ? instanceOf(instance, "") : undefined;
}

function instancesOf(application: Fields): readonly EurekaInstance[] {
  return listOf(application["instance"]).map((instance) => instanceOf(instance, textOf(application["name"])));
}

function instanceOf(fields: Fields, app: string): EurekaInstance {
  const hostname = textOf(fields["hostName"]);
  const lease = fieldsOf(fields["leaseInfo"]);
  const token = metadataOf(fields["metadata"], "deployid");
  const interval = numberOf(lease["renewalIntervalInSecs"]);
  return {
    // Without an id the host name is it (InstanceInfo.getId).
    id: textOf(fields["instanceId"]) || hostname,
    app: (textOf(fields["app"]) || app).toUpperCase(),
    hostname,
    address: textOf(fields["ipAddr"]),
    ...portsOf(fields),
    status: statusOf(fields["status"]),
    // JSON says overriddenStatus, XML and older servers overriddenstatus.
    overriddenStatus: statusOf(fields["overriddenStatus"] ?? fields["overriddenstatus"]),
    ...(token === "" ? {} : { token }),
    deleted: fields["actionType"] === "DELETED",
    ...timeOf("registeredAt", lease["registrationTimestamp"]),
    ...timeOf("dirtyAt", fields["lastDirtyTimestamp"]),
    ...(interval === undefined || interval <= 0 ? {} : { heartbeat: interval * 1000 }),
  };
}

/** `{"$": 8080, "@enabled": "true"}`; a secure port that is enabled is what clients use (Spring Cloud's `isSecure`). */
function portsOf(fields: Fields): Pick<EurekaInstance, "port" | "ports"> {
  const plain = portOf(fields["port"]);
  const secure = portOf(fields["securePort"]);
  const ports = [secure, plain].filter(({ enabled }) => enabled).map(({ number }) => number);
  return { port: ports[0] ?? plain.number, ports: ports.length > 0 ? ports : [plain.number] };
}

function portOf(value: unknown): { readonly number: number; readonly enabled: boolean } {
  if (!isObject(value)) return { number: numberOf(value) ?? 0, enabled: numberOf(value) !== undefined };
  return { number: numberOf(value["$"]) ?? 0, enabled: String(value["@enabled"]) === "true" };
}

const statuses: ReadonlySet<string> = new Set<InstanceStatus>(["UP", "DOWN", "STARTING", "OUT_OF_SERVICE", "UNKNOWN"]);

/** Unknown words are UNKNOWN, as for Eureka (`InstanceStatus.toEnum`). */
function statusOf(value: unknown): InstanceStatus {
  const status = textOf(value).toUpperCase();
  return statuses.has(status) ? (status as InstanceStatus) : "UNKNOWN";
}

/** Spring's relaxed binding lower-cases a name that comes from the environment; from a file it may have capitals. */
function metadataOf(metadata: unknown, name: string): string {
  const entry = Object.entries(fieldsOf(metadata)).find(([key]) => key.toLowerCase() === name);
  return textOf(entry?.[1]);
}

function timeOf<K extends string>(name: K, value: unknown): Partial<Record<K, number>> {
  const time = numberOf(value);
  return time === undefined || time <= 0 ? {} : ({ [name]: time } as Record<K, number>);
}
