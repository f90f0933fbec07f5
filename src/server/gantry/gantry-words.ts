import type { Language } from "../../gantry/words/language.ts";

/** What is said of asking Gantry somewhere, in one language. */
export interface GantryWords {
  readonly missing: (place: string, program: string) => string;
  readonly tooOld: (place: string, command: string) => string;
  readonly place: (place: string, detail: string) => string;
  readonly deadline: (place: string, seconds: number) => string;
  readonly aborted: string;
  readonly unreadable: (place: string, command: string, output: string) => string;
  readonly silent: (place: string, command: string, exitCode: number) => string;
  readonly badPattern: (pattern: string, detail: string) => string;
  readonly slowPattern: (pattern: string) => string;
  readonly notPlanned: string;
}

export const GANTRY_WORDS: Readonly<Record<Language, GantryWords>> = {
  en: {
    missing: (place, program) =>
      `There is no ${program} on ${place}. Install Gantry there, and link its bin/gantry into a folder of the PATH that commands see over SSH, for example /usr/local/bin.`,
    tooOld: (place, command) =>
      `Gantry on ${place} has no command "${command}". Install the version that the console has.`,
    place: (place, detail) => `${place} cannot be asked: ${detail}. Verify the config centre.`,
    deadline: (place, seconds) =>
      `${place} has not answered within ${seconds} s. Look whether it, its hosts and its registries answer.`,
    aborted: "Given up.",
    unreadable: (place, command, output) =>
      `"gantry ${command}" on ${place} printed something else than it should: ${output}. Look whether the shell there prints a greeting, and whether that program is Gantry.`,
    silent: (place, command, exitCode) =>
      `"gantry ${command}" on ${place} ended with exit code ${exitCode} and said nothing.`,
    badPattern: (pattern, detail) => `"${pattern}" is no regular expression: ${detail}.`,
    slowPattern: (pattern) =>
      `"${pattern}" takes too long to be looked for. Write a simpler regular expression, without repetitions of repetitions.`,
    notPlanned: "This command is none that Gantry plans: it plans its modes and main_docker_deploy.",
  },
  zh: {
    missing: (place, program) =>
      `${place} 上没有 ${program}。请在该机器上安装 Gantry, 并把 bin/gantry 链接到 SSH 命令可见的 PATH 目录中, 例如 /usr/local/bin。`,
    tooOld: (place, command) => `${place} 上的 Gantry 没有命令 "${command}"。请安装与控制台相同的版本。`,
    place: (place, detail) => `无法访问 ${place}: ${detail}。请验证该配置中心。`,
    deadline: (place, seconds) => `${place} 未在 ${seconds} 秒内回答。请检查该机器、其主机和仓库是否有响应。`,
    aborted: "已放弃。",
    unreadable: (place, command, output) =>
      `${place} 上的 "gantry ${command}" 输出了无法识别的内容: ${output}。请检查那里的 shell 是否会输出欢迎信息, 以及该程序是否为 Gantry。`,
    silent: (place, command, exitCode) => `${place} 上的 "gantry ${command}" 以退出码 ${exitCode} 结束, 没有任何输出。`,
    badPattern: (pattern, detail) => `"${pattern}" 不是正则表达式: ${detail}。`,
    slowPattern: (pattern) => `查找 "${pattern}" 用时过长。请改用更简单的正则表达式, 不要嵌套重复。`,
    notPlanned: "Gantry 无法为这条命令制定计划: 只支持各执行模式和 main_docker_deploy。",
  },
};
