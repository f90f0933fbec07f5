import type { RetiredVersion } from "../../../engine/events.ts";
import type { OutputWords } from "../run-words.ts";

const names = (hosts: readonly string[]): string => hosts.join("、");

const fates: Readonly<Record<RetiredVersion["fate"], (version: string) => string>> = {
  kept: (version) => `失败的版本保留为 ${version}。`,
  removed: (version) => `${version} 未能启动, 已删除。`,
  stopped: (version) => `${version} 已停止。`,
};

/** 进度面板、Ansible 样式输出与结果表的中文词句。步骤标题沿用原版, 不在此处。 */
export const output: OutputWords = {
  connect: "连接主机。",
  lookTask: "查看主机。",
  resolveTask: "将镜像标签解析为唯一摘要。",
  rescueTask: "恢复之前运行的版本。",
  keepTask: "删除超出 Keep 的旧版本。",
  hookTask: (hook) => `钩子: ${hook}`,
  skip: {
    "nothing-running": "没有正在运行的版本",
    "not-registered": "正在运行的版本无法提供服务, 也未注册",
  },
  stopped: {
    failures: (left) => `因失败而停止。以下主机保持原样: ${names(left)}。`,
    unreachable: (left) => `有主机无法连接, 在做任何改动之前已停止。以下主机保持原样: ${names(left)}。`,
    "last-healthy": (left) =>
      `已停止: 下一批包含最后一台在服务的主机, 而另有主机失败。--force 可继续。以下主机保持原样: ${names(left)}。`,
    hook: (left) => `已停止: 钩子 before 失败。以下主机保持原样: ${names(left)}。`,
    interrupt: (left) => `已中断。以下主机保持原样: ${names(left)}。`,
  },
  headings: { host: "主机", before: "之前版本", now: "当前版本", verdict: "结果", time: "耗时" },
  verdicts: {
    done: "完成",
    reverted: "已撤回",
    rescued: "已恢复",
    failed: "失败",
    unreachable: "无法连接",
    untouched: "未改动",
  },
  nothing: "-",
  steps: {
    "find-instance": "实例",
    find: "查找",
    "find-exited": "查找旧版",
    pull: "拉取",
    deregister: "下线",
    wait: "等待",
    stop: "停止",
    run: "运行",
    start: "启动",
    health: "健康检查",
    list: "列表",
  },
  waiting: {
    stop: (waiting) => `正在停止 ${waiting.container}`,
    settle: (waiting) => `需稳定运行 ${waiting.seconds} 秒`,
    "docker-health": (waiting) => `HEALTHCHECK 状态为 ${waiting.status}`,
    probe: (waiting) => `${waiting.probe}: ${waiting.detail}`,
    bake: (waiting) => `需保持健康 ${waiting.seconds} 秒`,
    drain: (waiting) => `等待 Eureka 及客户端缓存刷新, 共 ${waiting.seconds} 秒`,
    "server-caches": () => "等待所有 Eureka 节点的缓存刷新",
    "client-caches": (waiting) => `再等待客户端缓存刷新 ${waiting.seconds} 秒`,
    requests: (waiting) =>
      waiting.inFlight > 0 ? `${waiting.inFlight} 个请求处理中` : `仍有调用: ${names(waiting.callers)}`,
    "service-shutdown": (waiting) => `服务正在自行关闭, 最多 ${waiting.seconds} 秒`,
    instance: (waiting) => `正在 Eureka 中查找其 ${waiting.app} 实例, 最多 ${waiting.seconds} 秒`,
    "lease-removal": (waiting) => `正在从 Eureka 移除 ${waiting.instance}`,
    registration: (waiting) =>
      waiting.peers.length === 0
        ? "尚未注册到 Eureka"
        : waiting.peers.map(({ peer, shows }) => `${peer}: ${shows === "absent" ? "未注册" : shows}`).join(", "),
  },
  lastLines: (container) => `${container} 最后的日志:`,
  whyRunning: (host, running) =>
    running === undefined || running.length === 0
      ? `当时 ${host} 上没有运行任何版本。`
      : `当时 ${host} 运行 ${names(running)}。`,
  rescued: (host, restored, retired, inService) =>
    [
      restored === undefined ? `${host} 现在没有运行任何版本。` : `${host} 已恢复为 ${restored}。`,
      ...(retired === undefined ? [] : [fates[retired.fate](retired.version)]),
      ...(inService === undefined ? [] : [`${inService} 在所有 Eureka 节点上已恢复 UP。`]),
    ].join(""),
  next: (command) => `下一步: ${command}`,
  undo: (command) => `如需回滚: ${command}`,
  logFile: (path) => `日志: ${path}`,
  interrupted: "已中断: 正在完成手头的主机。再按一次 Ctrl-C 将中止并恢复。",
  interruptedAgain: "正在中止: 手头的主机恢复为之前运行的版本。",
  untouched: "没有触动任何容器。",
  outcome: {
    succeeded: "所有主机已完成。",
    failed: "运行失败。",
    unreachable: "有主机无法连接。",
    locked: "项目在某台主机上被锁定; 没有做任何改动。",
    interrupted: "已中断。",
  },
};
