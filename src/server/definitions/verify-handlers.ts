import { DEFINITIONS, type ConfigCentre, type Variable, type WorkOrder } from "../../contract/definitions.ts";
import { gantryLine } from "../../domain/gantry-line.ts";
import { parseTask } from "../../domain/task-line.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { ProblemError } from "../api/problem-error.ts";
import { zodFields } from "../api/zod-fields.ts";
import { systemValues } from "../orders/order-command.ts";
import { optionsOf, type OptionParts } from "../orders/option-source.ts";
import { notePlace } from "../places/place-state.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { checkDefinition } from "./definition-rules.ts";
import { checked, mayDefine } from "./definition-handlers.ts";
import type { DefinitionStore } from "./definition-store.ts";
import { openFields, sealFields } from "./kept-secrets.ts";

type Names = "POST /variables/verify" | "POST /work-orders/verify" | "POST /config-centres/verify";

export interface VerifyParts extends OptionParts {
  readonly store: DefinitionStore;
  readonly box: SecretBox;
}

/** Verify: what a definition would do, tried before it is saved. */
export function verifyHandlers(parts: VerifyParts): Handlers<Names> {
  const { store, box, places } = parts;
  return {
    "POST /variables/verify": async ({ body, caller, request }) => {
      const data = (await checked("variable", body.data, store, languageOf(request))) as unknown as Variable;
      mayDefine(caller, "variable", { ...data });
      const environment = body.environment ?? data.environment;
      const name = environment === null ? "" : ((await store.find("environment", environment))?.name ?? "");
      const configCentre = data.configCentre ?? body.configCentre ?? (await firstConfigCentre(store));
      return optionsOf(parts, {
        variable: { id: null, data },
        values: new Map([...Object.entries(body.values), ...systemValues("", name, new Date())]),
        secrets: new Set(),
        environment: name,
        configCentre,
        refresh: true,
        language: languageOf(request),
      });
    },

    "POST /work-orders/verify": async ({ body, request }) => {
      const parsed = DEFINITIONS.work_order.safeParse(body.data);
      const fields = parsed.success
        ? await checkDefinition("work_order", parsed.data, store, languageOf(request))
        : zodFields(parsed.error.issues);
      const order = body.data as Partial<WorkOrder>;
      const lines = (
        [
          ["pre", order.preTask],
          ["main", order.mainTask],
          ["post", order.postTask],
        ] as const
      ).flatMap(([task, text]) => {
        const read = parseTask(typeof text === "string" ? text : "");
        if (!read.ok) return [];
        return read.value.map(({ words, shell }) => {
          const shown = words.map((word) =>
            word.map((part) => (part.kind === "text" ? part.text : `{${part.name}}`)).join(""),
          );
          return { task, words: shown, shell, gantry: !shell && gantryLine(shown) !== undefined };
        });
      });
      return { lines, problems: fields.map(({ field, message }) => ({ field, message })) };
    },

    "POST /config-centres/verify": async ({ body, caller, request }) => {
      // Its kept secrets are used with the address that is typed: only whoever could save that may try it.
      mayDefine(caller, "config_centre", body.data);
      const data = await checked("config_centre", body.data, store, languageOf(request));
      const kept = body.id === null ? undefined : (await store.find("config_centre", body.id))?.data;
      const centre = openFields(
        "config_centre",
        sealFields("config_centre", data, kept, box),
        box,
      ) as unknown as ConfigCentre;
      const report = await places.verify(centre);
      if (body.id !== null) await notePlace(store.db, body.id, report.ok ? null : (report.problem ?? "host-key"));
      return report;
    },
  };
}

async function firstConfigCentre(store: DefinitionStore): Promise<number> {
  const [first] = await store.list("config_centre");
  if (first === undefined)
    throw new ProblemError(
      409,
      "no-config-centre",
      "There is no config centre yet. Define one first: values are fetched there.",
    );
  return first.id;
}
