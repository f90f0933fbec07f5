import type { LookupFunction } from "node:net";
import { join } from "node:path";
import type { Result } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import { createAgents, type Trust } from "./agents.ts";
import { createAuthorizer, plainHttpNote } from "./authorizer.ts";
import type { Credentials } from "./credentials.ts";
import type { Environment } from "./environment.ts";
import { Mask } from "./failure-detail.ts";
import { exchangeTwice, type HttpAnswer, type HttpTrouble } from "./http-exchange.ts";
import { reach, type Reached } from "./reach.ts";
import { type Ask, followRedirects } from "./redirects.ts";
import type { ImageAddress } from "./image-address.ts";
import { isListed, isLoopback, isPrivate } from "./registry-address.ts";
import { registryFailures, type RegistryFailures, serverWords } from "./registry-failures.ts";

export interface SessionSettings {
  /** Registries that may be spoken to without TLS or with any certificate: `host[:port]` or a network. */
  readonly insecure: readonly string[];
  readonly credentials: (registry: string) => Promise<Outcome<Credentials | undefined>>;
  /** Docker's folder of registries' certificates, normally `/etc/docker/certs.d`. */
  readonly certificates: string;
  /** For the proxy variables. */
  readonly environment: Environment;
  /** How host names become addresses. */
  readonly lookup: LookupFunction;
  /** Seconds for one request. */
  readonly requestDeadline: number;
  /** Seconds for the whole conversation. */
  readonly deadline: number;
}

/** A conversation with a registry about one repository; failures are thrown as FailureError. */
export interface RegistrySession {
  readonly failures: RegistryFailures;
  /**
   * Sends a request, with the login that it takes, through redirects. Any status other than 401 is the caller's.
   *
   * @param path below `/v2/<repository>/`, or from the root when it begins with `/`
   */
  request(method: "GET" | "HEAD", path: string, accept?: readonly string[]): Promise<HttpAnswer>;
  /** Ends what is still under way. */
  close(): void;
}

type Send = (url: URL, trust: Trust, ask: Ask) => Promise<Result<HttpAnswer, HttpTrouble>>;

/** Opens the conversation: finds the scheme and trust, and answers the registry's first challenge. */
export async function openSession(address: ImageAddress, settings: SessionSettings): Promise<RegistrySession> {
  const { registry } = address;
  const mask = new Mask();
  const failures = registryFailures(address, mask);
  const loopback = isLoopback(registry);
  const certificates = join(settings.certificates, registry);
  const agents = createAgents(certificates, loopback ? undefined : settings.environment);
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(settings.deadline * 1000)]);
  const { lookup } = settings;
  const close = () => {
    ended.abort();
    agents.close();
  };
  const send: Send = async (url, trust, ask) => {
    const agent = url.protocol === "https:" ? await agents.https(trust) : agents.http();
    const headers = { "user-agent": "gantry", ...ask.headers };
    return exchangeTwice(url, { ...ask, headers, agent, lookup, deadline: settings.requestDeadline, signal });
  };

  try {
    const reached = await reach(
      registry,
      loopback || isListed(registry, settings.insecure),
      () => isPrivate(registry, lookup),
      (url, trust) => send(url, trust, { method: "GET", headers: {} }),
    );
    if (!reached.ok) throw failures.unreachable(withHint(reached.failure, certificates));
    const credentials = async () => aboutImage(await settings.credentials(registry), address.text);
    const request = await conversation(address, reached.value, { send, credentials, failures, mask });
    return { failures, request, close };
  } catch (error) {
    close();
    throw error;
  }
}

interface Means {
  readonly send: Send;
  readonly credentials: () => Promise<Outcome<Credentials | undefined>>;
  readonly failures: RegistryFailures;
  readonly mask: Mask;
}

async function conversation(
  { repository }: ImageAddress,
  { way, answer: greeting }: Reached,
  { send, credentials, failures, mask }: Means,
): Promise<RegistrySession["request"]> {
  // A registry's laxity is its own: other hosts must have a certificate that the machine knows.
  const trustFor = (url: URL): Trust =>
    way.trust === "anyone" && url.hostname !== way.origin.hostname ? "machine" : way.trust;
  const rules = {
    send: (url: URL, ask: Ask) => send(url, trustFor(url), ask),
    downgrade: way.loginMayGo === "anywhere",
    failures,
  };
  const authorizer = createAuthorizer({
    repository,
    credentials,
    loginMayGo: way.loginMayGo,
    send: async (ask) => (await followRedirects(ask.url, ask, rules)).answer,
    failures,
    mask,
  });
  const root = new URL(`/v2/${repository}/`, way.origin);
  const authorized = async (method: "GET" | "HEAD", path: string, accept: readonly string[]) => {
    const authorization = authorizer.header();
    const headers = {
      ...(accept.length === 0 ? {} : { accept: accept.join(", ") }),
      ...(authorization === undefined ? {} : { authorization }),
    };
    return { ...(await followRedirects(new URL(path, root), { method, headers }, rules)), authorization };
  };

  const challenge = greeting.headers["www-authenticate"];
  if (greeting.status === 401 && challenge !== undefined) await authorizer.renew(challenge, undefined);

  return async (method, path, accept = []) => {
    const first = await authorized(method, path, accept);
    if (first.answer.status !== 401) return first.answer;
    const again = first.answer.headers["www-authenticate"];
    if (again === undefined || first.url.origin !== root.origin) throw failures.ofAnswer(first.answer);

    await authorizer.renew(again, first.authorization);
    const { answer } = await authorized(method, path, accept);
    if (answer.status !== 401) return answer;
    if (way.loginMayGo !== "never") throw failures.ofAnswer(answer);
    throw failures.login(`HTTP 401 ${serverWords(answer)}; ${plainHttpNote}`);
  };
}

/** The source of logins knows the registry only; the failure is about the image. */
function aboutImage<T>(outcome: Outcome<T>, image: string): Outcome<T> {
  if (outcome.ok || outcome.failure.reason !== "registry-login") return outcome;
  return { ok: false, failure: { ...outcome.failure, image } };
}

function withHint({ kind, detail }: HttpTrouble, certificates: string): string {
  if (kind === "certificate") return `${detail}; its issuer's certificate belongs into ${join(certificates, "ca.crt")}`;
  if (kind === "not-tls") return `${detail}; a registry that speaks plain HTTP must be listed as insecure`;
  return detail;
}
