import type { DefinitionData, DefinitionKind } from "../../../contract/definitions.ts";
import type { Catalogue } from "../../locales/catalogue.ts";

type Labels<K extends DefinitionKind> = Record<keyof DefinitionData[K], string>;

/** What the form calls the fields of each kind. */
export function fieldLabels(text: Catalogue): { readonly [K in DefinitionKind]: Labels<K> } {
  const { configuration, environments, configCentres, variables, variableGroups, workOrders } = text;
  const { approvalFlows, freezeWindows, notificationChannels, signInMethods } = text;
  const { name, description, environment, category, order } = configuration.fields;
  return {
    environment: {
      name,
      description,
      order,
      colour: environments.colour,
      protected: environments.protected,
    },
    category: { name, description, order },
    config_centre: {
      name,
      description,
      connection: configCentres.connection,
      address: configCentres.address,
      port: configCentres.port,
      user: configCentres.user,
      privateKey: configCentres.privateKey,
      password: configCentres.password,
      hostKey: configCentres.hostKey,
      gantryHome: configCentres.gantryHome,
      inventory: configCentres.inventory,
    },
    variable: {
      name: variables.name,
      label: variables.label,
      description,
      environment,
      category,
      source: variables.source,
      formType: variables.formType,
      default: variables.default,
      required: variables.required,
      pattern: variables.pattern,
      min: variables.min,
      max: variables.max,
      secret: variables.secret,
      configCentre: variables.configCentre,
    },
    variable_group: { name, description, environment, category, variables: variableGroups.variables },
    work_order: {
      name,
      description: workOrders.description,
      environment,
      category,
      active: workOrders.active,
      template: workOrders.template,
      submitters: workOrders.submitters,
      configCentre: workOrders.configCentre,
      builtIn: workOrders.builtIn,
      variableGroup: workOrders.variableGroup,
      preTask: workOrders.preTask,
      mainTask: workOrders.mainTask,
      postTask: workOrders.postTask,
      schedulable: workOrders.schedulable,
      background: workOrders.background,
      lock: workOrders.lock,
      approvalFlow: workOrders.approvalFlow,
      preTaskBeforeApproval: workOrders.preTaskBeforeApproval,
      runOnApproval: workOrders.runOnApproval,
      notifications: workOrders.notifications,
      stopGrace: workOrders.stopGrace,
      timeout: workOrders.timeout,
      logLimit: workOrders.logLimit,
    },
    approval_flow: {
      name,
      description,
      levels: approvalFlows.levels,
      selfApproval: approvalFlows.selfApproval,
      distinctPeople: approvalFlows.distinctPeople,
      expiryHours: approvalFlows.expiryHours,
    },
    freeze_window: {
      name,
      environment,
      reason: freezeWindows.reason,
      active: freezeWindows.active,
      when: freezeWindows.when,
    },
    notification_channel: { name, description, ...notificationChannels },
    sign_in_method: { name, ...signInMethods },
  };
}
