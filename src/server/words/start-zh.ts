import type { PostgresFailure } from "../../adapters/postgres/postgres-failure.ts";
import type { StartWords } from "./start-words.ts";
import { textOf, type Texts } from "./texts.ts";

export const startZh: StartWords = {
  ready: (url) => `Gantry 控制台: ${url}`,
  workerReady: (name) => `执行进程 ${name} 已就绪。`,
  firstAdministrator: (name, password) =>
    `首个管理员 (仅显示一次, 首次登录时必须更换密码):\n  用户名  ${name}\n  密码    ${password}`,
  stopping: "正在停止。已在执行的任务会继续运行, 下次启动后继续跟踪。",
  stoppedAgain: "已立即结束。",
  listenFailed: (address, detail) =>
    `无法监听 ${address}: ${detail}\n请用 --listen 选择其他地址或端口, 例如 --listen 127.0.0.1:8081。`,
  badListen: (value) => `--listen ${value}: 请给出地址和端口, 例如 127.0.0.1:8080, 或只给端口。`,
  databaseFailed: (detail) =>
    `无法使用 DATABASE_URL 指定的数据库: ${detail}\n需要 PostgreSQL 15 或更新版本, 并有权在该数据库中创建表和模式。`,
  workerNeedsDatabase:
    "执行进程需要控制台的数据库。请设置与控制台相同的 DATABASE_URL 和 GANTRY_SECRET_KEY; 若与控制台在同一台机器上, 也可用 --data 指定其数据目录。",
  secretKey: (detail) => `无法使用密钥: ${detail}`,
  otherKey: "数据库中的机密是用另一个密钥加密的。请放回正确的密钥 (数据目录中的 secret.key, 或 GANTRY_SECRET_KEY)。",
  trustProxy: (value) =>
    `GANTRY_TRUST_PROXY=${value}: 请写代理的地址, 例如 10.0.0.5 或 10.0.0.0/8, 多个用逗号分隔, 或写 loopback。`,
  badUrl: (value) => `GANTRY_URL=${value}: 请写用户访问控制台的地址, 例如 https://gantry.example.org, 不带路径。`,
  demo: (people, password) => `示例: 可用 ${people.join(" 或 ")} 登录, 密码 ${password}`,
  passwordReset: ({ name, password, activated, inactive, totp, removed, method }) =>
    [
      `一次性密码 (仅显示一次, 下次登录时必须更换):\n  用户名  ${name}\n  密码    ${password}`,
      "该账号的会话已全部结束。",
      ...(method === null ? [] : [`此前通过 ${method} 登录; 从现在起使用密码登录。`]),
      ...(activated ? ["账号已重新启用。"] : []),
      ...(inactive ? ["账号已停用, 无法登录: 请加上 --activate。"] : []),
      ...(removed ? ["已移除其动态验证码。"] : []),
      ...(totp ? ["登录时仍需动态验证码; 如需移除, 请加上 --totp。"] : []),
    ].join("\n"),
  noSuchAccount: (name, near) => `没有账号 ${name}。${near.length === 0 ? "" : `是否指 ${near.join("、")}?`}`,
  noDatabase: (folder) => `${folder} 中没有控制台的数据库。请用 --data 指定其目录, 或像控制台一样设置 DATABASE_URL。`,
  nodeTooOld: (version) =>
    `控制台需要 Node.js 24.7 或更新版本, 当前为 ${version}。在 Gantry 目录中执行 'npm ci' 会安装一个。`,
  noPages: "页面尚未构建, 仅提供 API。请执行: npm run build",
  dataFolder: (failure) =>
    failure.reason === "data-folder-taken"
      ? `${failure.folder} 正被另一个控制台使用${failure.holder === undefined ? "" : ` (进程 ${failure.holder.pid}, 主机 ${failure.holder.machine}, 自 ${failure.holder.since})`}。\n请先停止它, 或用 --data 选择其他目录。如需更多执行进程: gantry worker。`
      : `无法使用 ${failure.folder}: ${failure.detail}`,
  postgres: (failure) => textOf(postgres, failure),
};

const postgres: Texts<PostgresFailure> = {
  "package-missing": (failure) =>
    `没有适用于 ${failure.platform} 的内置 PostgreSQL: 未安装 ${failure.package}。\n请执行 'npm ci' (不要带 --omit=optional), 或使用自己的数据库: DATABASE_URL=postgres://user@host/gantry gantry console`,
  "user-missing": (failure) =>
    `PostgreSQL 不能以 root 运行, 且用户 ${failure.tried.join(", ")} 都不存在。请创建一个: useradd --system gantry`,
  "user-refused": (failure) => `无法以用户 ${failure.user} 启动 PostgreSQL: ${failure.detail}`,
  "folder-unusable": (failure) => `无法使用 ${failure.folder}: ${failure.detail}`,
  "folder-closed": (failure) =>
    `运行 PostgreSQL 的用户 ${failure.user} 无法进入 ${failure.folder}。请执行: chmod o+x ${failure.folder}, 或用 --data 选择其他目录。`,
  "folder-not-private": (failure) => `${failure.folder} 必须属于 ${failure.user} 且不对其他用户开放: ${failure.detail}`,
  "folder-foreign": (failure) => `${failure.folder} 中的内容不是 Gantry 的数据库。请移走它, 或用 --data 选择其他目录。`,
  "other-version": (failure) =>
    `${failure.folder} 由 PostgreSQL ${failure.found} 创建, 当前 Gantry 内置 ${failure.expected}。请用旧版 Gantry 的 PostgreSQL 导出 (pg_dumpall), 移走该目录, 启动后再导入。`,
  "disk-full": (failure) => `${failure.folder} 所在磁盘已满: ${failure.detail}`,
  "program-refused": (failure) => `无法执行 ${failure.program}: ${failure.detail}`,
  "start-failed": (failure) => `PostgreSQL 启动失败 (${failure.action}), 目录 ${failure.folder}:\n${failure.detail}`,
  deadline: (failure) => `PostgreSQL 未能在 ${failure.seconds} 秒内就绪 (${failure.action}): ${failure.detail}`,
};
