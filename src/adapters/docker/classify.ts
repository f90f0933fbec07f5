import type { Failure } from "../../engine/errors.ts";
import type { EngineAnswer } from "./engine-http.ts";

/** The `message` of an engine's error answer, or its text. */
export function messageOf(answer: EngineAnswer): string {
  const text = answer.body.toString("utf8").trim();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && "message" in parsed) return String(parsed.message);
  } catch {
    // Not JSON: the text itself is the message.
  }
  return text;
}

/** What an error of the engine means, whatever call it came from. */
export function engineFailure(host: string, action: string, status: number, detail: string): Failure {
  if (/no space left on device|disk quota exceeded/i.test(detail)) return { reason: "disk-full", host, action, detail };
  return { reason: "docker-error", host, action, status, detail };
}

const NEEDS_LOGIN =
  /unauthorized|authentication required|no basic auth|access denied|denied:|may require 'docker login'|insufficient_scope/i;
const IS_MISSING = /manifest unknown|not found|name unknown|does not exist|no such image|unknown: |manifest invalid/i;
const IS_UNREACHABLE =
  /dial tcp|connection refused|no such host|i\/o timeout|timeout exceeded|TLS handshake|server gave HTTP response|certificate|connection reset|EOF|no route to host|deadline exceeded|service unavailable|bad gateway|server misbehaving/i;

/**
 * What an error of the image registry means, as the engine passes it on while it pulls or asks for a digest.
 * Engines 20.10 to 29 use different texts and statuses, so both are looked at; the order matters, since engines
 * answer "pull access denied ... may require 'docker login'" with 404.
 */
export function imageFailure(
  host: string,
  image: string,
  registry: string,
  action: string,
  status: number,
  detail: string,
): Failure {
  if (/no space left on device|disk quota exceeded/i.test(detail)) return { reason: "disk-full", host, action, detail };
  if (status === 401 || status === 403 || NEEDS_LOGIN.test(detail))
    return { reason: "registry-login", registry, image, detail };
  if (status === 404 || IS_MISSING.test(detail)) return { reason: "image-missing", image, detail };
  if (IS_UNREACHABLE.test(detail)) return { reason: "registry-unreachable", registry, image, detail };
  return { reason: "docker-error", host, action, status, detail };
}

/** What a failed `docker run` means. Exit code 125 is the engine's refusal, 126 and 127 the container's command. */
export function runFailure(host: string, container: string, exitCode: number, stderr: string): Failure {
  const detail = engineWords(stderr);
  if (
    exitCode === 127 &&
    /docker: (command )?not found|(^|\s)not found|No such file or directory/i.test(detail) &&
    !/OCI runtime|runc/i.test(detail)
  ) {
    return { reason: "docker-missing", host, detail };
  }
  if (/permission denied while trying to connect|dial unix .*permission denied/i.test(detail)) {
    return { reason: "docker-denied", host, detail };
  }
  if (/Cannot connect to the Docker daemon/i.test(detail)) return { reason: "docker-down", host, detail };
  if (/no space left on device|disk quota exceeded/i.test(detail))
    return { reason: "disk-full", host, action: "docker run", detail };
  const port =
    /Bind for \S*?:(\d+) failed: port is already allocated/.exec(detail) ??
    /listen (?:tcp|udp|sctp)\d? \S*?:(\d+): bind: address already in use/.exec(detail) ??
    /failed to bind host port (?:for )?\S*?:(\d+)/.exec(detail);
  if (port) return { reason: "port-taken", host, port: port[1] ?? "", container, detail };
  return { reason: "run-refused", host, container, exitCode, detail };
}

/** The engine's own words out of what the docker CLI prints around them. */
function engineWords(stderr: string): string {
  return stderr
    .replace(/^docker: (Error response from daemon: )?/gm, "")
    .replace(/^(Run|See) 'docker run --help'.*$/gm, "")
    .trim();
}
