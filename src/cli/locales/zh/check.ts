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
  clock: (seconds) => `其时钟比本机${seconds > 0 ? "快" : "慢"} ${Math.abs(seconds)} 秒`,
};
