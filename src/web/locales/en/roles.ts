import type { BuiltInRole } from "../../../contract/states.ts";

const builtIn: Record<BuiltInRole, { readonly name: string; readonly help: string }> = {
  administrator: { name: "Administrator", help: "Everything: configuration, accounts, all orders." },
  maintainer: { name: "Maintainer", help: "Configures, submits and sees everything, but no accounts." },
  submitter: { name: "Submitter", help: "Submits and approves what user groups and orders allow." },
  auditor: { name: "Auditor", help: "Sees all requests and the audit, and changes nothing." },
};

export const roles = { builtIn };
