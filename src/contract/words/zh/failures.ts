import type { ComparedInstance, Mismatch, PeerReport } from "../../../engine/registry-failure.ts";
import type { FailureMessages } from "../message.ts";

const several = (names: readonly string[]): string => (names.length === 0 ? "无" : names.join("、"));

const mismatches: Readonly<Record<Mismatch, string>> = {
  "other-token": "由另一次启动注册",
  "other-name": "名称不是该容器或该主机",
  "other-address": "地址不同",
  "other-port": "端口不同",
  gone: "已不再注册",
  "old-registration": "在本次启动之前注册",
  fits: "符合",
};

const instances = (seen: readonly ComparedInstance[]): string =>
  seen.length === 0
    ? "没有注册任何实例"
    : seen
        .map(
          (each) =>
            `${each.id} (${each.hostname}, ${each.address}:${each.port}, ${each.status}): ${mismatches[each.mismatch]}`,
        )
        .join("; ");

const shown: Readonly<Record<PeerReport["shows"], string>> = {
  UP: "UP",
  DOWN: "DOWN",
  STARTING: "STARTING",
  OUT_OF_SERVICE: "OUT_OF_SERVICE",
  UNKNOWN: "UNKNOWN",
  absent: "未注册",
  unreachable: "无应答",
  refused: "被拒绝",
};

const peers = (reports: readonly PeerReport[]): string =>
  reports
    .map(({ peer, shows, override, old, detail }) => {
      const more = [
        ...(override === undefined ? [] : [`覆盖状态 ${override}`]),
        ...(old ? ["在本次启动之前注册"] : []),
        ...(detail === undefined ? [] : [detail]),
      ];
      return `${peer}: ${shown[shows]}${more.length === 0 ? "" : ` (${more.join("; ")})`}`;
    })
    .join(", ");

const without = (reports: readonly PeerReport[]): string => {
  const dead = reports.filter(({ shows }) => shows === "unreachable" || shows === "refused");
  if (dead.length === 0) return "";
  return ` 请修复 ${several(dead.map(({ peer }) => peer))}; 如果已没有客户端使用它, 请从 EurekaUrl 中去掉。`;
};

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
  "peer-unreachable": (f) => ({
    what: `Eureka ${f.peer} 没有应答: ${f.detail}`,
    todo: "只有每个 Eureka 节点都确认才算完成: 请启动该节点; 如果已没有客户端使用它, 请从 EurekaUrl 中去掉, 然后重新执行同一命令。使用 https 和自建 CA 时, 请用 NODE_EXTRA_CA_CERTS 指定 CA 文件。",
  }),
  "peer-refused": (f) => ({
    what: `Eureka ${f.peer} 拒绝请求: ${f.detail}`,
    todo:
      f.status === 401
        ? "请在 EurekaUrl 中写上正确的用户名和密码 (http://user:password@server), 特殊字符用百分号编码。"
        : f.status === 403
          ? "刚启动的服务器最多 5 分钟内会返回 403: 请稍后重新执行同一命令。否则是该用户没有写权限, 或 Spring Security 对 /eureka/** 开启了 CSRF 保护: 请在服务器上关闭。"
          : "请查看该服务器的日志; 修复它或从 EurekaUrl 中去掉, 然后重新执行同一命令。",
  }),
  "peer-unknown": (f) => ({
    what: `${f.peer} 没有 Eureka 应答${f.detail === "" ? "" : ` (${f.detail})`}; 已尝试 ${several(f.tried)}。`,
    todo: "请更正 EurekaUrl: 服务器的根地址, 或 /apps 之前的地址。",
  }),
  "instance-not-found": (f) => ({
    what: `Eureka 中 ${f.app} 的实例都不属于主机 ${f.host} 上的容器。已看到: ${instances(f.seen)}。`,
    todo: "请检查 AppSpringName 以及服务是否已注册。如需不摘除流量直接发布: update_hard。",
  }),
  "instance-ambiguous": (f) => ({
    what: `Eureka 中 ${f.app} 有多个实例可能是主机 ${f.host} 上的容器: ${instances(f.seen)}。`,
    todo: "请在每个节点上删除已停止容器遗留的实例 (DELETE <EurekaUrl>/apps/<应用>/<id>), 或等待其过期; 然后重新执行同一命令。",
  }),
  "instance-of-other-host": (f) => ({
    what: `Eureka 中 ${f.app} 的实例 ${f.instance} 应是主机 ${f.host} 上的容器, 但地址是 ${f.address}, 而不是 ${several(f.expected)}: 它属于另一台主机。`,
    todo: "以同一名称注册的主机共用一个租约: 请为每台主机设置各自的 eureka.instance.instance-id 或 hostname, 或使用容器内可解析的主机名。",
  }),
  "peers-disagree": (f) => ({
    what: `并非每个 Eureka 节点都有实例 ${f.instance} (${f.host}): ${peers(f.peers)}。`,
    todo: "请检查各节点之间能否互相访问, 以及 EurekaUrl 中是否只有同一集群的节点; 然后重新执行同一命令。没有做任何改动。",
  }),
  "drain-unconfirmed": (f) => ({
    what: `${f.seconds} 秒后 ${f.instance} (${f.host}) 仍未在每个 Eureka 节点上${f.cached ? "对客户端" : ""}摘除: ${peers(f.peers)}。`,
    todo: `没有停止它, 因为客户端可能仍在调用。${f.cached ? "如果服务器的缓存超过 120 秒, 请使用固定等待时间 (-w)。" : ""}${without(f.peers)}`,
  }),
  "undrain-unconfirmed": (f) => ({
    what: `${f.seconds} 秒后 ${f.instance} (${f.host}) 仍未在每个 Eureka 节点上恢复 UP: ${peers(f.peers)}。`,
    todo: `请确认服务在运行, 然后在每个节点上执行: curl -X DELETE '<EurekaUrl>/apps/<应用>/${f.instance}/status?value=UP'。${without(f.peers)}`,
  }),
  "removal-unconfirmed": (f) => ({
    what: `无法从每个 Eureka 节点删除 ${f.instance} (${f.host}): ${peers(f.peers)}。`,
    todo: `新的启动可能在那里继承它的状态。请确认没有进程再以此 id 注册, 然后在每个节点上删除: curl -X DELETE '<EurekaUrl>/apps/<应用>/${f.instance}'。${without(f.peers)}`,
  }),
  "instance-not-up": (f) => ({
    what: `${f.seconds} 秒内主机 ${f.host} 上的 ${f.instance ?? `${f.app} 实例`} 未在每个 Eureka 节点上变为 UP: ${peers(f.peers)}。${f.instance === undefined ? `已看到: ${instances(f.seen)}。` : ""}`,
    todo: f.peers.some(({ override }) => override !== undefined)
      ? `有人为它设置了覆盖状态; 请在每个节点上撤销: curl -X DELETE '<EurekaUrl>/apps/<应用>/${f.instance ?? "<id>"}/status?value=UP'。`
      : `请检查服务日志、AppSpringName 及其 Eureka 地址。如果只是启动较慢, 请增大 -c。${without(f.peers)}`,
  }),
  "instance-flapping": (f) => ({
    what: `${f.instance} (${f.host}) 曾在 Eureka 中 UP 但不稳定: ${f.seconds} 秒内消失 ${f.falls} 次; 现在 ${peers(f.peers)}。`,
    todo: `服务自身的健康检查, 或同一 id 的另一个进程又将其摘除: 请查看服务日志。${without(f.peers)}`,
  }),
  "deregister-refused": (f) => ({
    what: `${f.host} 上的服务对自身接口 ${f.url} 没有返回成功: ${f.detail}。`,
    todo: "请修正 Drain.deregister (或 Drain.shutdown), 或改用 eureka 方式摘除。如要不摘除直接发布: update_hard。",
  }),
  "deregister-nowhere": (f) => ({
    what: `不知道应向何处请求 ${f.host} 上的 ${f.project} 下线: 它没有注册到 Eureka, 没有映射端口, 也没有健康检查地址。`,
    todo: "请在 DockerRunArg 中映射端口 (-p), 或在 HealthCheck.http 中写明地址和端口; 然后重新执行同一命令。",
  }),
  "connections-unseen": (f) => ({
    what: `无法查看 ${f.host} 上的服务正在处理什么: ${f.detail}`,
    todo: "需要该主机的 root 权限 (ansible_become) 以及 nsenter (util-linux) 和 ss (iproute2)。",
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
