import type { FailureMessages } from "../../contract/words/message.ts";
import type { InventoryProblemWords, ProblemWords } from "./problem-words.ts";

export type Language = "en" | "zh";

/** What can be wrong with a configuration, in one language. */
export async function loadProblemWords(language: Language): Promise<ProblemWords> {
  const { problems } = language === "zh" ? await import("./zh/problems.ts") : await import("./en/problems.ts");
  return problems;
}

/** What can be wrong with an inventory, in one language. */
export async function loadInventoryWords(language: Language): Promise<InventoryProblemWords> {
  const { inventoryProblems } =
    language === "zh" ? await import("./zh/inventory-problems.ts") : await import("./en/inventory-problems.ts");
  return inventoryProblems;
}

/** What can fail at hosts and registries, in one language. */
export async function loadFailureWords(language: Language): Promise<FailureMessages> {
  const { failures } =
    language === "zh"
      ? await import("../../contract/words/zh/failures.ts")
      : await import("../../contract/words/en/failures.ts");
  return failures;
}
