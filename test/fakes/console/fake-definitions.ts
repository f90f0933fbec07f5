import type {
  ConfigCentre,
  DefinitionData,
  DefinitionKind,
  Variable,
  VariableGroup,
  WorkOrder,
} from "../../../src/contract/definitions.ts";
import { COMPANY, DIRECTORY } from "./fake-sign-in.ts";

type Defined = {
  [K in DefinitionKind]: { readonly kind: K; readonly id: number; readonly data: DefinitionData[K] };
}[DefinitionKind];

const variable: Omit<Variable, "name" | "label" | "formType" | "source"> = {
  description: "",
  environment: null,
  category: 10,
  default: [],
  required: true,
  pattern: "",
  min: null,
  max: null,
  secret: false,
  configCentre: null,
};

const group: Omit<VariableGroup, "name" | "variables"> = { description: "", environment: null, category: 10 };

const order: Omit<WorkOrder, "name" | "environment" | "mainTask"> = {
  description: "",
  category: 10,
  active: true,
  template: false,
  submitters: [1],
  configCentre: 20,
  builtIn: {},
  variableGroup: null,
  preTask: "",
  postTask: "",
  schedulable: true,
  background: false,
  lock: "queue",
  approvalFlow: null,
  preTaskBeforeApproval: false,
  runOnApproval: true,
  notifications: [],
  stopGrace: 10,
  timeout: null,
  logLimit: 2 ** 30,
};

const centre: Omit<ConfigCentre, "name" | "connection"> = {
  description: "",
  address: "",
  port: 22,
  user: "",
  privateKey: "",
  password: "",
  hostKey: "",
  gantryHome: "",
  inventory: "",
};

/** The definitions of the user guide, and a few to try the pages with. */
export const FAKE_DEFINITIONS: readonly Defined[] = [
  {
    kind: "environment",
    id: 1,
    data: { name: "prod", description: "Customers", order: 10, colour: "red", protected: true },
  },
  {
    kind: "environment",
    id: 2,
    data: { name: "stage", description: "", order: 20, colour: "orange", protected: false },
  },
  { kind: "environment", id: 3, data: { name: "dev", description: "", order: 30, colour: "green", protected: false } },
  { kind: "category", id: 10, data: { name: "DeployDocker", description: "Releases of Docker services", order: 10 } },
  { kind: "category", id: 11, data: { name: "DataFix", description: "", order: 20 } },
  {
    kind: "config_centre",
    id: 20,
    data: { ...centre, name: "local", connection: "local", gantryHome: "/etc/ansible/pl_deploy_docker" },
  },
  {
    kind: "config_centre",
    id: 21,
    data: {
      ...centre,
      name: "center-shanghai",
      connection: "ssh",
      address: "10.0.3.1",
      user: "deploy",
      privateKey: "••••••••",
    },
  },
  {
    kind: "variable",
    id: 30,
    data: {
      ...variable,
      name: "group1",
      label: "Project",
      formType: "select",
      default: ["demo1"],
      source: { kind: "script", command: "/usr/local/bin/var_json_keys -e {sk__env} -k group1", timeout: 20 },
    },
  },
  {
    kind: "variable",
    id: 31,
    data: {
      ...variable,
      name: "DockerDeployMode",
      label: "ExecMode",
      formType: "radio",
      default: ["update"],
      source: { kind: "list", values: ["update", "restart", "inquiry", "rollback", "stop_soft"] },
    },
  },
  {
    kind: "variable",
    id: 32,
    data: {
      ...variable,
      name: "tag",
      label: "Image tag",
      formType: "select",
      source: { kind: "tags", project: "{group1}", limit: 50 },
    },
  },
  {
    kind: "variable",
    id: 33,
    data: {
      ...variable,
      name: "reason",
      label: "Reason",
      formType: "textarea",
      max: 500,
      required: false,
      source: { kind: "input" },
    },
  },
  { kind: "variable_group", id: 40, data: { ...group, name: "group1_deploy", variables: [30, 31] } },
  {
    kind: "work_order",
    id: 50,
    data: {
      ...order,
      name: "project_group1",
      description: "Deploy group 1\n\nAsk **wang** before you release on a Friday.",
      environment: 1,
      variableGroup: 40,
      mainTask: "main_docker_deploy -e {sk__env} -m {DockerDeployMode} -p {group1} -tnc {sk__task_name_created}",
    },
  },
  {
    kind: "work_order",
    id: 51,
    data: {
      ...order,
      name: "fix_orders",
      category: 11,
      environment: 2,
      configCentre: 21,
      mainTask: "/opt/fix_orders.sh",
      lock: "refuse",
    },
  },
  {
    kind: "approval_flow",
    id: 60,
    data: {
      name: "release",
      description: "Everything that reaches customers",
      levels: [
        { name: "operators", userGroup: 1, quorum: 2 },
        { name: "dba", userGroup: 2, quorum: 1 },
      ],
      selfApproval: false,
      distinctPeople: true,
      expiryHours: 72,
    },
  },
  {
    kind: "freeze_window",
    id: 61,
    data: {
      name: "weekend",
      reason: "Nobody is there to look after it. Ask wang.",
      environment: 1,
      active: true,
      when: { kind: "cron", cron: "0 18 * * 5", timeZone: "Asia/Shanghai", minutes: 3720 },
    },
  },
  {
    kind: "freeze_window",
    id: 62,
    data: {
      name: "11.11",
      reason: "Sale",
      environment: null,
      active: false,
      when: { kind: "range", from: "2026-11-10T00:00:00+08:00", to: "2026-11-12T00:00:00+08:00" },
    },
  },
  { kind: "sign_in_method", id: 80, data: COMPANY },
  { kind: "sign_in_method", id: 81, data: DIRECTORY },
];
