import type { UsageWords } from "../words.ts";

/** 用法错误的中文说明。 */
export const usage: UsageWords = {
  unknownMode: (mode, near, modes) =>
    `未知的执行模式 "${mode}"。${near === undefined ? "" : `是否想用 ${near}? `}可用的模式: ${modes.join("、")}。`,
  missingOption: (option) => `缺少 ${option}。`,
  badValue: (option, seen, allowed) => `${option}: 不允许 "${seen}"。允许的写法: ${allowed}。`,
  badPattern: (option, seen, detail) => `${option}: "${seen}" 不是正则表达式: ${detail}。`,
  logPath: (path, detail) =>
    `无法写入日志文件 ${path}: ${detail}。没有做任何改动。请让该目录可写, 或在 conf_pub 的 log_path 中指定其他目录。`,
  liveJournal: (path, detail) =>
    `无法写入事件日志 ${path}: ${detail}。没有做任何改动。请让 $GANTRY_JOURNAL 指向可写目录中的文件, 或取消该变量。`,
  logLost: (path, detail) => `日志文件 ${path} 无法继续写入: ${detail}。完成手头的主机后将停止运行。`,
  badUser: "$GANTRY_USER 不允许: 须为 1 到 100 个可显示的字符, 不换行。没有做任何改动。",
  bug: (detail) => `这是 Gantry 的缺陷; 请附上以下内容报告。\n${detail}`,
  shimTaken: (paths) =>
    `以下文件不是由 Gantry 生成的, 已保持原样: ${paths.join("、")}。用 --force 可替换它们; 旧文件会以 .orig 结尾保留。`,
  shimDone: (folder, home) =>
    `旧工单可继续使用: python ${folder}/main_docker_deploy.py ... 现在由 Gantry 执行${home === undefined ? "" : `, 配置在 ${home}`}。`,
  shimFolder: (folder, detail) => `无法写入 ${folder}: ${detail}。请指定可写的目录。`,
  noTags: (image, detail) => `没有镜像 ${image}: ${detail}。请检查 DockerImageURL 和项目名, 并确认已推送过镜像。`,
  frozen: (project, reason) => `${project} 处于冻结期${reason === "" ? "" : `: ${reason}`}。没有做任何改动。`,
  noEnvironments: (home) => `${home}/pl_deploy_docker/conf 和 ${home}/conf 中没有配置文件 (<环境>_conf.json)。`,
  unlocked: "未锁定",
  lintGood: (file, projects) => `${file}: ${projects} 个项目, 没有问题`,
};
