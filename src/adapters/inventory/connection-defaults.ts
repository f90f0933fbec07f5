import { isTrue, type SettingLookup } from "./setting-lookup.ts";

/** How hosts are reached when their variables do not say it: from ansible.cfg and the environment. */
export interface ConnectionDefaults {
  readonly connection?: string;
  readonly user?: string;
  readonly port?: number;
  readonly privateKeyFile?: string;
  readonly commonArgs?: string;
  readonly extraArgs?: string;
  readonly hostKeyChecking?: boolean;
  readonly become?: boolean;
  readonly becomeUser?: string;
  readonly becomeMethod?: string;
}

/** Ansible's settings for connections that have a meaning for Gantry; `expand` makes a path of a setting absolute. */
export function connectionDefaults(setting: SettingLookup, expand: (path: string) => string): ConnectionDefaults {
  const text = (variable: string, section: string, option: string): string | undefined => {
    const value = setting([variable], [[section, option]])?.trim();
    return value === "" ? undefined : value;
  };
  const port = text("ANSIBLE_REMOTE_PORT", "defaults", "remote_port");
  const key = text("ANSIBLE_PRIVATE_KEY_FILE", "defaults", "private_key_file");
  const become = text("ANSIBLE_BECOME", "privilege_escalation", "become");
  const checking = setting(
    ["ANSIBLE_HOST_KEY_CHECKING", "ANSIBLE_SSH_HOST_KEY_CHECKING"],
    [
      ["defaults", "host_key_checking"],
      ["ssh_connection", "host_key_checking"],
    ],
  );
  return withoutUndefined({
    connection: text("ANSIBLE_TRANSPORT", "defaults", "transport"),
    user: text("ANSIBLE_REMOTE_USER", "defaults", "remote_user"),
    port: port === undefined || !/^[0-9]+$/.test(port) ? undefined : Number(port),
    privateKeyFile: key === undefined ? undefined : expand(key),
    commonArgs: text("ANSIBLE_SSH_COMMON_ARGS", "ssh_connection", "ssh_common_args"),
    extraArgs: text("ANSIBLE_SSH_EXTRA_ARGS", "ssh_connection", "ssh_extra_args"),
    hostKeyChecking: checking === undefined ? undefined : isTrue(checking),
    become: become === undefined ? undefined : isTrue(become),
    becomeUser: text("ANSIBLE_BECOME_USER", "privilege_escalation", "become_user"),
    becomeMethod: text("ANSIBLE_BECOME_METHOD", "privilege_escalation", "become_method"),
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(values: T): Defined<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
