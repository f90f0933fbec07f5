import http from "node:http";
import type { Duplex } from "node:stream";
import { FailureError, type Outcome } from "../../engine/errors.ts";

export interface EngineRequest {
  /** Names the action in failures, for example `docker stop`. */
  readonly action: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds until the answer must have begun (and, for `call`, ended). */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

export interface EngineAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An HTTP agent over streams that are opened by somebody else: an ssh tunnel, a process's stdio or a local socket. */
class StreamAgent extends http.Agent {
  readonly #open: () => Promise<Outcome<Duplex>>;

  constructor(open: () => Promise<Outcome<Duplex>>) {
    // A host's sshd allows few sessions at once, and over `dial-stdio` each stream is one.
    super({ keepAlive: true, maxSockets: 4, maxFreeSockets: 4 });
    this.#open = open;
  }

  override createConnection(_options: unknown, done: (error: Error | null, stream: Duplex) => void): undefined {
    this.#open().then(
      (outcome) => {
        if (outcome.ok) done(null, asSocket(outcome.value));
        else done(new FailureError(outcome.failure), undefined as unknown as Duplex);
      },
      (error: Error) => done(error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}

/** What the agent calls on an idle socket: streams that are not net.Sockets get methods that do nothing. */
function asSocket(stream: Duplex): Duplex {
  for (const name of ["setKeepAlive", "setTimeout", "setNoDelay", "ref", "unref"]) {
    if (!(name in stream)) Object.defineProperty(stream, name, { value: () => stream });
  }
  return stream;
}

/** The Docker Engine API of one host, without knowledge of its calls. Throws FailureError. */
export class EngineHttp {
  readonly host: string;
  readonly #agent: StreamAgent;
  #prefix = "";

  constructor(host: string, open: () => Promise<Outcome<Duplex>>) {
    this.host = host;
    this.#agent = new StreamAgent(open);
  }

  /** Every later call asks for this API version. */
  useApi(version: string): void {
    this.#prefix = `/v${version}`;
  }

  /** Sends a request and collects the whole answer, whatever its status. */
  async call(method: string, path: string, request: EngineRequest): Promise<EngineAnswer> {
    const answer = await this.stream(method, path, request);
    const chunks: Buffer[] = [];
    const limit = AbortSignal.timeout(request.deadline * 1000);
    const giveUp = (): void => void answer.destroy();
    limit.addEventListener("abort", giveUp);
    request.signal?.addEventListener("abort", giveUp);
    try {
      for await (const chunk of answer) chunks.push(chunk as Buffer);
    } catch (error) {
      throw this.#lost(error, request, limit.aborted);
    } finally {
      limit.removeEventListener("abort", giveUp);
      request.signal?.removeEventListener("abort", giveUp);
    }
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) };
  }

  /** Sends a request and returns the answer as soon as its headers are there. */
  stream(method: string, path: string, request: EngineRequest): Promise<http.IncomingMessage> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {}))
      if (value !== undefined) query.set(name, String(value));
    const target = this.#prefix + path + (query.size > 0 ? `?${query.toString()}` : "");
    return new Promise((resolve, reject) => {
      const limit = AbortSignal.timeout(request.deadline * 1000);
      const signal = request.signal ? AbortSignal.any([limit, request.signal]) : limit;
      const outgoing = http.request({
        agent: this.#agent,
        method,
        path: target,
        headers: { host: "docker", ...(method === "POST" ? { "content-length": "0" } : {}), ...request.headers },
      });
      const giveUp = (): void => void outgoing.destroy(new Error("given up"));
      signal.addEventListener("abort", giveUp);
      outgoing.on("response", (answer) => {
        signal.removeEventListener("abort", giveUp);
        resolve(answer);
      });
      outgoing.on("error", (error) => {
        signal.removeEventListener("abort", giveUp);
        reject(this.#lost(error, request, limit.aborted));
      });
      outgoing.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #lost(error: unknown, request: EngineRequest, late: boolean): Error {
    if (error instanceof FailureError) return error;
    if (request.signal?.aborted) return new FailureError({ reason: "aborted", host: this.host });
    if (late) {
      return new FailureError({
        reason: "deadline",
        host: this.host,
        action: request.action,
        seconds: request.deadline,
      });
    }
    const detail = error instanceof Error ? error.message : String(error);
    return new FailureError({ reason: "connection-lost", host: this.host, detail: `${request.action}: ${detail}` });
  }
}
