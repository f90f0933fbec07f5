import type { SettingLookup } from "./setting-lookup.ts";

/** How hosts are reached when their variables do not say it: from ansible.cfg and the environment. */
export interface ConnectionDefaults {
  readonly connection?: string;
  readonly user?: string;
  readonly port?: string;
  readonly privateKeyFile?: string;
  readonly commonArgs?: string;
  readonly extraArgs?: string;
  readonly hostKeyChecking?: string;
  readonly become?: string;
  readonly becomeUser?: string;
  readonly becomeMethod?: string;
}

/** Ansible's settings for connections that have a meaning for Gantry. */
export function connectionDefaults(setting: SettingLookup): ConnectionDefaults {
  const found = {
    connection: setting(["ANSIBLE_TRANSPORT"], [["defaults", "transport"]]),
    user: setting(["ANSIBLE_REMOTE_USER"], [["defaults", "remote_user"]]),
    port: setting(["ANSIBLE_REMOTE_PORT"], [["defaults", "remote_port"]]),
    privateKeyFile: setting(["ANSIBLE_PRIVATE_KEY_FILE"], [["defaults", "private_key_file"]]),
    commonArgs: setting(["ANSIBLE_SSH_COMMON_ARGS"], [["ssh_connection", "ssh_common_args"]]),
    extraArgs: setting(["ANSIBLE_SSH_EXTRA_ARGS"], [["ssh_connection", "ssh_extra_args"]]),
    hostKeyChecking: setting(
      ["ANSIBLE_HOST_KEY_CHECKING", "ANSIBLE_SSH_HOST_KEY_CHECKING"],
      [
        ["defaults", "host_key_checking"],
        ["ssh_connection", "host_key_checking"],
      ],
    ),
    become: setting(["ANSIBLE_BECOME"], [["privilege_escalation", "become"]]),
    becomeUser: setting(["ANSIBLE_BECOME_USER"], [["privilege_escalation", "become_user"]]),
    becomeMethod: setting(["ANSIBLE_BECOME_METHOD"], [["privilege_escalation", "become_method"]]),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== ""));
}
