import type { CheckWords } from "../words.ts";

/** `gantry check` 的检查结果。 */
export const check: CheckWords = {
  projects: (count) => `${count} 个项目, 没有问题`,
  logs: "可以写入日志",
  docker: (engine, api, architecture) => `Docker ${engine}, API ${api}, ${architecture}`,
  disk: (folder, gigabytes) => `${folder} 剩余 ${gigabytes} GB`,
  lowDisk: (folder, gigabytes) => `${folder} 只剩 ${gigabytes} GB: 发布可能会写满磁盘`,
  image: (image, digest) => `${image} 为 ${digest}`,
  noLatest: (image) => `镜像仓库可以访问, 但没有 ${image}: 请用 -t 指定标签`,
  peer: (base, app, instances) =>
    `Eureka 在 ${base} 应答; ${app}: ${instances.length === 0 ? "没有实例" : instances.join("、")}`,
  unlistedPeers: (peers) =>
    `会向 ${peers.join("、")} 同步, 但 EurekaUrl 中没有它们: 请列出全部节点, 不要填负载均衡地址`,
  instance: (container, id, status, address) => `${container} 在 Eureka 中为 ${id} (${address}), ${status}`,
  notUp: (container, id, status) =>
    `${container} 正在运行, 但 ${id} 在 Eureka 中为 ${status}: 如果不是有意为之, 请在每个节点上去掉该状态 (DELETE <EurekaUrl>/apps/<应用>/${id}/status?value=UP)`,
  unsafeWait: (wait, { server, fetch, loadBalancer }, safe) =>
    `等待 ${wait}, 但缓存可能需要更久: Eureka 自身 ${server} (默认值), 客户端拉取 ${fetch}, 客户端负载均衡 ${loadBalancer}。可能丢失请求: 请将 Drain.wait (或 -w) 设为 auto 或 ${safe}; 如果客户端的缓存更短, 请相应设置 Drain.clientFetch 和 Drain.loadBalancer`,
  safeWait: (wait) => `等待 ${wait} 以便 Eureka 及客户端刷新缓存`,
  unseen: (detail) =>
    `无法查看处理中的请求 (${detail}): -w auto 只能依靠时间判断。需要该主机的 root 权限 (ansible_become) 以及 iproute2 的 ss`,
  clock: (seconds) => `其时钟比本机${seconds > 0 ? "快" : "慢"} ${Math.abs(seconds)} 秒`,
};
