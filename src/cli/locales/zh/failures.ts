import type { FailureMessages } from "../message.ts";

const several = (names: readonly string[]): string => (names.length === 0 ? "无" : names.join("、"));

/** 所有失败的中文说明: 何处发生了什么, 以及该怎么办。 */
export const failures: FailureMessages = {
  "host-unreachable": (f) => ({
    what: `无法连接主机 ${f.host} (${f.address}): ${f.detail}`,
    todo: `请确认机器已开机, 且本机可以执行 \`ssh ${f.address}\`; 或用 -a 排除该主机。`,
  }),
  "host-key-unknown": (f) => ({
    what: `主机 ${f.host} (${f.address}) 不在 known_hosts 中: ${f.detail}`,
    todo: `请先与机器自身的指纹核对, 再添加: ssh-keyscan ${f.address} >> ~/.ssh/known_hosts`,
  }),
  "host-key-changed": (f) => ({
    what: `主机 ${f.host} (${f.address}) 的主机密钥与已知的不同: ${f.detail}`,
    todo: `如果机器重装过, 用 \`ssh-keygen -R ${f.address}\` 删除旧密钥; 否则请查清是谁在应答。`,
  }),
  "login-refused": (f) => ({
    what: `主机 ${f.host} (${f.address}) 拒绝了${f.user === undefined ? "" : ` ${f.user} 的`}登录: ${f.detail}`,
    todo: "请检查主机清单中的 ansible_user 与密钥 (ansible_ssh_private_key_file、ssh-agent) 或 ansible_password。",
  }),
  "become-refused": (f) => ({
    what: `主机 ${f.host} 不允许切换为用户 ${f.user}: ${f.detail}`,
    todo: "请检查 ansible_become_password, 或在该主机的 sudoers 中放行。",
  }),
  "connection-lost": (f) => ({
    what: `与主机 ${f.host} 的连接中断: ${f.detail}`,
    todo: "用 `gantry inquiry` 查看当前运行的版本, 然后重新执行同一命令。",
  }),
  deadline: (f) => ({
    what: `主机 ${f.host} 未在 ${f.seconds} 秒内完成 "${f.action}"。`,
    todo: "主机或其 Docker 引擎卡住了: 请查看负载、磁盘和 `systemctl status docker`。",
  }),
  "ssh-missing": (f) => ({
    what: `本机缺少 ssh 程序 (连接 ${f.host} 需要): ${f.detail}`,
    todo: "请安装 OpenSSH 客户端 (Debian: apt-get install openssh-client)。",
  }),
  "tcp-refused": (f) => ({
    what: `${f.host} 无法连接 ${f.address}:${f.port}: ${f.detail}`,
    todo: "请检查该地址是否有服务在监听, 以及该主机 sshd_config 中的 AllowTcpForwarding。",
  }),
  "docker-missing": (f) => ({
    what: `主机 ${f.host} 未安装 Docker: ${f.detail}`,
    todo: "请在该主机安装 Docker 20.10 或更新版本, 或用 -a 排除该主机。",
  }),
  "docker-denied": (f) => ({
    what: `主机 ${f.host} 的登录用户无权使用 Docker: ${f.detail}`,
    todo: "请把该用户加入主机的 docker 组, 或在主机清单中设置 ansible_become=true。",
  }),
  "docker-down": (f) => ({
    what: `主机 ${f.host} 的 Docker 引擎没有应答: ${f.detail}`,
    todo: "请在该主机启动它: systemctl start docker",
  }),
  "docker-error": (f) => ({
    what: `${f.host}: ${f.action} 失败 (状态 ${f.status}): ${f.detail}`,
    todo: "以上是 Docker 引擎的原话; 该主机的引擎日志里有更多信息 (journalctl -u docker)。",
  }),
  "disk-full": (f) => ({
    what: `主机 ${f.host} 磁盘已满 (${f.action}): ${f.detail}`,
    todo: "请在该主机腾出空间: docker system df, docker image prune。",
  }),
  "port-taken": (f) => ({
    what: `${f.container} 无法在 ${f.host} 上启动: 端口 ${f.port} 已被占用。${f.detail}`,
    todo: `在该主机用 \`ss -ltnp 'sport = :${f.port}'\` 和 \`docker ps\` 查看占用者, 或修改 DockerRunArg 中的 -p。`,
  }),
  "run-refused": (f) => ({
    what: `在 ${f.host} 上 docker run ${f.container} 失败 (退出码 ${f.exitCode}): ${f.detail}`,
    todo: "请检查配置文件中的 DockerRunArg 和 DockerRunCmd。",
  }),
  "image-missing": (f) => ({
    what: `镜像 ${f.image} 不存在: ${f.detail}`,
    todo: "请检查标签 (-t) 和 DockerImageURL; `gantry tags` 可列出现有标签。",
  }),
  "registry-login": (f) => ({
    what: `镜像仓库 ${f.registry} 拒绝提供 ${f.image} (未登录, 或登录被拒绝): ${f.detail}`,
    todo: `请在本机或各主机以有权拉取的用户执行 \`docker login ${f.registry}\`。`,
  }),
  "registry-unreachable": (f) => ({
    what: `无法连接镜像仓库 ${f.registry} (获取 ${f.image}): ${f.detail}`,
    todo: "请确认仓库已启动且主机能访问它。没有做任何改动。",
  }),
  "container-exited": (f) => ({
    what: `${f.host} 上的 ${f.container} 已退出, 退出码 ${f.exitCode}${f.outOfMemory ? " (内存不足)" : ""}。`,
    todo: f.outOfMemory ? "请为它分配更多内存 (DockerRunArg 中的 -m)。" : "下面是它最后的日志; 容器已保留供检查。",
  }),
  "container-restarting": (f) => ({
    what: `${f.host} 上的 ${f.container} 不断崩溃重启: 已重启 ${f.restarts} 次${f.exitCode === 0 ? "" : `, 最后退出码 ${f.exitCode}`}。`,
    todo: "下面是它最后的日志; 容器已保留供检查。",
  }),
  unhealthy: (f) => ({
    what: `${f.host} 上的 ${f.container} 在 ${f.seconds} 秒后仍不健康; ${f.probe}: ${f.detail}`,
    todo: "下面是它最后的日志。如果只是启动较慢, 请增大 -c。",
  }),
  "still-running": (f) => ({
    what: `${f.host} 上的 ${f.container} 没有停下来: ${f.detail}`,
    todo: `请在该主机查看: docker inspect ${f.container}`,
  }),
  "changed-underneath": (f) => ({
    what: `主机 ${f.host} 同时被他人改动: 应运行 ${f.expected || "无"}, 实际运行 ${f.found || "无"}。`,
    todo: "请查清是谁, 然后重新执行同一命令。",
  }),
  "wrong-image": (f) => ({
    what: `${f.host} 上的 ${f.container} 运行的镜像是 ${f.found}, 而不是 ${f.expected}: 标签在此期间被移动。`,
    todo: "请重新执行同一命令。",
  }),
  "no-version": (f) => ({
    what: `主机 ${f.host} 上没有 ${f.project} 的任何版本。`,
    todo: "请先发布一个版本: gantry update",
  }),
  "no-older-version": (f) => ({
    what: `主机 ${f.host} 上没有可回滚的 ${f.project} 版本${f.passedOver.length > 0 ? ` (因自行崩溃而跳过: ${several(f.passedOver)})` : ""}。`,
    todo: "用 --to 指定版本, 或用 -a 排除该主机。",
  }),
  "version-unknown": (f) => ({
    what: `主机 ${f.host} 没有保留版本 ${f.version}。`,
    todo: `该主机保留的版本: ${several(f.kept)}。`,
  }),
  locked: (f) => ({
    what: f.holder
      ? `${f.host} 上的 ${f.project} 已被 ${f.holder.user} (${f.holder.machine}) 的运行 ${f.holder.run} 锁定, 始于 ${f.holder.since}。`
      : `${f.host} 上的 ${f.project} 已被另一个运行锁定。`,
    todo: "请等它结束; 该运行或其连接结束后锁会自动释放。",
  }),
  "lock-lost": (f) => ({
    what: `运行过程中丢失了 ${f.host} 上 ${f.project} 的锁。`,
    todo: "连接中断或持锁进程被结束; 请查看当前运行的版本, 然后重新执行。",
  }),
  "lock-impossible": (f) => ({
    what: `${f.host} 无法为 ${f.project} 加锁: ${f.detail}`,
    todo: "请在该主机上解决上述问题, 然后重新执行命令。",
  }),
  aborted: (f) => ({ what: `在 ${f.host} 上中止。`, todo: "重新执行同一命令即可完成。" }),
};
