import type { CheckWords } from "../words.ts";

/** What `gantry check` finds, in English. */
export const check: CheckWords = {
  projects: (count) => `${count} ${count === 1 ? "project" : "projects"}, no problem`,
  logs: "log files can be written",
  docker: (engine, api, architecture) => `Docker ${engine}, API ${api}, ${architecture}`,
  disk: (folder, gigabytes) => `${gigabytes} GB free in ${folder}`,
  lowDisk: (folder, gigabytes) => `only ${gigabytes} GB free in ${folder}: a release may fill the disk`,
  image: (image, digest) => `${image} is ${digest}`,
  noLatest: (image) => `the image registry answers, but has no ${image}: name a tag with -t`,
  peer: (base, app, instances) =>
    `Eureka answers at ${base}; ${app}: ${instances.length === 0 ? "no instance" : instances.join(", ")}`,
  unlistedPeers: (peers) =>
    `passes changes on to ${peers.join(", ")}, which EurekaUrl does not name: name every peer there, not a load balancer`,
  instance: (container, id, status, address) => `${container} is ${id} at ${address} in Eureka, ${status}`,
  notUp: (container, id, status) =>
    `${container} runs, but ${id} is ${status} in Eureka: if nobody means it so, remove the status on every peer (DELETE <EurekaUrl>/apps/<application>/${id}/status?value=UP)`,
  unsafeWait: (wait, { server, fetch, loadBalancer }, safe) =>
    `waits ${wait} for caches that may need longer: ${server} in Eureka (its default), ${fetch} until clients fetch, ${loadBalancer} in their load balancers. Requests may be lost: set Drain.wait (or -w) to auto, or to ${safe}; or correct Drain.clientFetch and Drain.loadBalancer, if your clients are quicker`,
  safeWait: (wait) => `waits ${wait} for the caches of Eureka and its clients`,
  unseen: (detail) =>
    `requests in flight cannot be seen (${detail}): -w auto relies on times alone. It needs root (ansible_become) and iproute2's ss on the host`,
  clock: (seconds) => `its clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} this machine's`,
};
