import type { StepExecutor } from "../step-context.ts";

/** Reports what the service registry has of the host: it was looked up when the facts were gathered. */
export const findInstance: StepExecutor<"find-instance"> = ({ registered }) => {
  if (registered === undefined) return Promise.resolve({ status: "ok", result: {} });
  if ("leftover" in registered) return Promise.resolve({ status: "ok", result: { leftover: registered.leftover.id } });
  const { id, address, port, status, peers } = registered.instance;
  const shown = Object.fromEntries(peers.map(({ peer, shows }) => [peer, shows]));
  return Promise.resolve({
    status: "ok",
    result: { instance: id, address: `${address}:${port}`, status, peers: shown },
  });
};
