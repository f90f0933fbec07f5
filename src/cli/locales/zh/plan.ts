import type { PlanWords } from "../words.ts";

/** 尚未开始的运行的中文说明。 */
export const plan: PlanWords = {
  heading: (mode, project, environment) => `计划: 在 ${environment} 对 ${project} 执行 ${mode}`,
  untouched: "不做任何改动。名称以现在开始的运行为准。",
  image: (reference, digest) => `镜像: ${reference}${digest === undefined ? "" : ` (${digest})`}`,
  batches: (batches) => `批次: ${batches.map((hosts) => hosts.join(", ")).join(" → ")}`,
  runs: (running, after) => {
    const now = running.length === 0 ? "没有运行任何版本" : `正在运行 ${running.join(", ")}`;
    return after === undefined ? now : `${now}, 之后为 ${after}`;
  },
  nothing: "无",
  skipped: (because) => `(跳过: ${because})`,
  begins: "可以运行。",
  stopped: {
    failed: "无法运行: 会在做任何改动之前结束。",
    unreachable: "无法运行: 有主机无法连接。",
    locked: "无法运行: 项目在某台主机上被锁定。",
  },
};
