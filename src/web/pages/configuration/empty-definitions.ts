import type { DefinitionData, KEPT_SECRET } from "../../../contract/definitions.ts";

/** What a kept secret looks like; sent back, it means "as it is". */
export const KEPT: typeof KEPT_SECRET = "••••••••";

/** What a new definition begins with. */
export const EMPTY_DEFINITIONS: DefinitionData = {
  environment: { name: "", description: "", order: 100, colour: "blue", protected: false },
  category: { name: "", description: "", order: 100 },
  config_centre: {
    name: "",
    description: "",
    connection: "ssh",
    address: "",
    port: 22,
    user: "",
    privateKey: "",
    password: "",
    hostKey: "",
    gantryHome: "",
    inventory: "",
  },
  variable: {
    name: "",
    label: "",
    description: "",
    environment: null,
    category: null,
    source: { kind: "script", command: "", timeout: 20 },
    formType: "select",
    default: [],
    required: true,
    pattern: "",
    min: null,
    max: null,
    secret: false,
    configCentre: null,
  },
  variable_group: { name: "", description: "", environment: null, category: null, variables: [] },
  work_order: {
    name: "",
    description: "",
    // 0 is no id: somebody has to choose.
    environment: 0,
    category: null,
    active: true,
    template: false,
    submitters: [],
    configCentre: 0,
    builtIn: {},
    variableGroup: null,
    preTask: "",
    mainTask: "",
    postTask: "",
    schedulable: false,
    background: false,
    lock: "queue",
    stopGrace: 10,
    timeout: null,
    logLimit: 2 ** 30,
  },
};
