/** Descriptions of the keys, which editors show while a file is being written. */
export interface Described {
  readonly en: string;
  readonly zh: string;
}

export type SchemaWord = keyof typeof SCHEMA_WORDS;

export const SCHEMA_WORDS = {
  environment: {
    en: "Projects of one environment.",
    zh: "一个环境的全部项目。",
  },
  public: {
    en: "Common to all projects: the Eureka address, and defaults for every optional key of a project. Never a project.",
    zh: "所有项目共有的配置：Eureka 地址，以及项目各可选参数的默认值。不能用作项目名。",
  },
  project: {
    en: "A project. Its name is the name of its Docker image.",
    zh: "一个项目。项目名与 Docker 镜像名称保持一致。",
  },
  DockerImageURL: {
    en: 'Registry and namespace. The image is DockerImageURL + project + ":" + tag, so it usually ends in a slash.',
    zh: 'Docker 镜像命名空间地址。镜像 = DockerImageURL + 项目名 + ":" + 标签，因此通常以 / 结尾。',
  },
  hosts: {
    en: 'Inventory pattern of the target hosts. "none" is the group named like the project. -a beats it.',
    zh: '目标主机的 Ansible 主机组或表达式。"none" 表示与项目同名的组；命令行 -a 优先。',
  },
  DockerRunArg: {
    en: "Arguments for docker run, before the image. Split by shell rules; no shell runs them. --name is Gantry's.",
    zh: "docker run 的运行参数（镜像之前），可为空。按 shell 规则拆分，但不经过 shell；--name 由 Gantry 指定。",
  },
  DockerRunCmd: {
    en: "What the container runs instead of the image's own command. May be empty.",
    zh: "容器启动后运行的命令，覆盖镜像的默认命令，可为空。",
  },
  AppSpringName: {
    en: 'The name under which the project registers in Eureka. "null": not in Eureka.',
    zh: '项目注册在 Eureka 中的名称。"null" 表示不使用 Eureka。',
  },
  EurekaUrl: {
    en: 'Addresses of the Eureka peers, separated by commas; all of them, not a load balancer\'s. "": no Eureka.',
    zh: "Eureka 各节点地址，以逗号分隔；请列出全部节点，不要填负载均衡地址。留空表示没有 Eureka。",
  },
  Strategy: {
    en: "stop-first: stop the old version, then start the new one. start-first: the other way round.",
    zh: "stop-first：先停旧版本再启动新版本；start-first：先启动新版本再停旧版本。",
  },
  Serial: {
    en: "Hosts in a batch: a number, a share, or a list of them whose last entry repeats. -s beats it.",
    zh: "每批主机数：数量、百分比，或列表（最后一项重复使用）。命令行 -s 优先。",
  },
  MaxFailed: {
    en: "Failed hosts that a rollout may pass by before it stops.",
    zh: "允许失败的主机数，超过则停止发布。",
  },
  MaxUnreachable: {
    en: "Unreachable hosts that a rollout may pass by before it stops. Counted apart from failed ones.",
    zh: "允许无法连接的主机数，超过则停止发布；与失败主机分开计算。",
  },
  OnFailure: {
    en: "halt: stop, and leave the hosts that are updated already. revert: take them back too.",
    zh: "halt：停止，已更新的主机保持新版本；revert：已更新的主机也回退。",
  },
  Keep: {
    en: "Versions to keep on each host, the running one included. The rollback target always stays.",
    zh: "每台主机保留的版本数（含正在运行的版本）。回滚目标始终保留。",
  },
  StopTimeout: {
    en: "Time between SIGTERM and SIGKILL. Without it, the container's own.",
    zh: "SIGTERM 与 SIGKILL 之间的等待时间；不填则使用容器自身的设置。",
  },
  HealthCheck: {
    en: "When a started version counts as healthy.",
    zh: "新版本启动后的健康检查。",
  },
  "HealthCheck.http": {
    en: "Asked from the target host; a status from 200 to 399 is healthy. A path alone takes the first published port.",
    zh: "从目标主机访问，状态码 200–399 为健康。只写路径时使用第一个发布的端口。留空表示不检查。",
  },
  "HealthCheck.tcp": {
    en: "A port, or address:port, that must accept connections on the target host.",
    zh: "目标主机上必须可连接的端口，或 地址:端口。",
  },
  "HealthCheck.docker": {
    en: "Whether the image's own HEALTHCHECK, if it has one, must be healthy.",
    zh: "镜像自带 HEALTHCHECK 时，是否必须为 healthy。",
  },
  "HealthCheck.settle": {
    en: "How long a started container must stay up.",
    zh: "容器启动后必须持续运行的时间。",
  },
  "HealthCheck.bake": {
    en: "How long everything must stay healthy before the next batch.",
    zh: "进入下一批之前必须持续健康的时间。",
  },
  Drain: {
    en: "How traffic is led away before the old version stops.",
    zh: "停止旧版本之前如何摘除流量。",
  },
  "Drain.method": {
    en: "eureka: OUT_OF_SERVICE on every peer. http: call the instance's own path. none. Without it: eureka if the project is in Eureka.",
    zh: "eureka：在所有节点设为 OUT_OF_SERVICE；http：调用实例自身的下线接口；none：不摘除。不填时，使用 Eureka 的项目为 eureka。",
  },
  "Drain.wait": {
    en: "Time for servers and clients to refresh their caches. auto: as long as they need. -w beats it.",
    zh: "等待 Eureka 服务端与客户端刷新缓存的时间；auto 为自动判断。命令行 -w 优先。",
  },
  "Drain.clientFetch": {
    en: "For wait auto: how often clients fetch the registry (eureka.client.registry-fetch-interval-seconds); the longest of all clients.",
    zh: "wait 为 auto 时：客户端拉取注册表的间隔（eureka.client.registry-fetch-interval-seconds），取所有客户端中的最大值。",
  },
  "Drain.loadBalancer": {
    en: "For wait auto: how long clients' load balancers keep a list (spring.cloud.loadbalancer.cache.ttl; Ribbon's refresh interval).",
    zh: "wait 为 auto 时：客户端负载均衡列表的缓存时间（spring.cloud.loadbalancer.cache.ttl，或 Ribbon 的刷新间隔）。",
  },
  "Drain.margin": {
    en: "For wait auto: added to the caches of the clients, for slow answers and long garbage collections.",
    zh: "wait 为 auto 时：在客户端缓存时间之外增加的余量，用于应答慢、垃圾回收停顿等情况。",
  },
  "Drain.inFlight": {
    en: "For wait auto: how long requests in flight are waited for at most, once every cache has noticed.",
    zh: "wait 为 auto 时：所有缓存刷新之后，最多再等待处理中的请求多久。",
  },
  "Drain.deregister": {
    en: "Path on the instance that takes it out of Eureka (method http).",
    zh: "实例的下线接口路径（method 为 http 时）。",
  },
  "Drain.shutdown": {
    en: "Path on the instance that lets it shut down by itself before it is stopped.",
    zh: "实例的优雅关闭接口路径，在停止容器之前调用。",
  },
  Hooks: {
    en: "Commands on the control machine, split into arguments without a shell. Each a line or a list of lines.",
    zh: "在控制机上执行的命令，按参数拆分，不经过 shell。可为一行或多行列表。",
  },
  "Hooks.before": {
    en: "Before the first host is touched; a failure stops the release.",
    zh: "在操作第一台主机之前执行；失败则不发布。",
  },
  "Hooks.after": { en: "After all hosts are done.", zh: "全部主机完成之后执行。" },
  "Hooks.failed": { en: "After a release that failed.", zh: "发布失败之后执行。" },
  EurekaInstanceId: {
    en: "Form of the ids under which the project's instances register, if it is not found without: {host}, {hostname}, {address}, {port}, {containerHostname}, {containerId} stand for the container's own.",
    zh: "实例在 Eureka 中的 id 格式（自动识别不到时填写）：{host}、{hostname}、{address}、{port}、{containerHostname}、{containerId} 代表该容器的对应值。",
  },
  EnvFile: {
    en: "File on the target host with NAME=value lines, given to docker run --env-file; keeps secrets out of arguments.",
    zh: "目标主机上的环境变量文件（每行 NAME=value），传给 docker run --env-file，避免密码出现在参数中。",
  },
  Freeze: {
    en: "No releases: true, a reason, or a list of windows.",
    zh: "封网，不允许发布：true、原因文字，或时间段列表。",
  },
  "Freeze.from": {
    en: "Start: a date or a time, local to the control machine unless it has an offset.",
    zh: "开始：日期或时间，无时区时按控制机本地时间。",
  },
  "Freeze.to": { en: "End; a date takes that whole day in.", zh: "结束；只写日期时包含当天全天。" },
  "Freeze.reason": { en: "Shown to whoever meets it.", zh: "原因，会显示给提交发布的人。" },
  access_key: {
    en: "Of the original's image tag list; accepted and not read.",
    zh: "原插件获取镜像标签使用的参数；保留兼容，不读取。",
  },
  access_secret: {
    en: "Of the original's image tag list; accepted and not read.",
    zh: "原插件获取镜像标签使用的参数；保留兼容，不读取。",
  },
  conf_pub: {
    en: "Settings of one environment that all plugins share.",
    zh: "一个环境中各插件共用的配置。",
  },
  log_path: {
    en: "Folder for log files. Without it: logs/ in the home directory.",
    zh: "日志目录。不填则为主目录下的 logs/。",
  },
} as const satisfies Readonly<Record<string, Described>>;
