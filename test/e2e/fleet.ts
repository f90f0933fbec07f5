import type { LabHostSpec } from "../lab/options.ts";

/** The hosts of the lab `test`: a fleet as users have it, with old and new engines. lab1, lab2, ... in this order. */
export const fleet: LabHostSpec[] = [
  { engine: "20.10" },
  { engine: "28" },
  { engine: "28", minApi: "1.44" },
  // lab4: no Docker; a user without Docker rights.
  { docker: false },
  // lab5: a data root that a larger image does not fit on.
  { engine: "20.10", dataTmpfsMb: 40 },
  // lab6: forwarding forbidden, and users of all kinds.
  {
    engine: "20.10",
    sshd: ["AllowTcpForwarding no", "AllowStreamLocalForwarding no"],
    users: [{ name: "deploy", docker: true }, { name: "nobody2" }, { name: "admin", sudo: "nopasswd" }],
  },
];

/** The hosts that releases go to in most tests: both engines, one that speaks only new APIs. */
export const rolling = ["lab1", "lab2", "lab3"] as const;
