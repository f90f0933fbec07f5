import { Alert } from "@mantine/core";
import IconPlugConnectedX from "@tabler/icons-react/icons/IconPlugConnectedX";
import type { FleetHost } from "../../../contract/fleet.ts";
import { failureMessage } from "../../../contract/words/explain.ts";
import { useRunWords } from "../../board/use-run-words.ts";
import { useText } from "../../locales/language.tsx";
import { visibleText } from "../../logs/visible-text.ts";

/** Why a host could not be looked at, and what to do about it. */
export function HostFailure({ failure }: Pick<FleetHost, "failure">) {
  const text = useText().fleet;
  const words = useRunWords();
  if (failure === null || words === undefined) return null;
  const known = failure.reason in words.failures;
  // What gantry prints is a failure of the engine's; a newer one may have reasons that this page does not know.
  const message = known
    ? failureMessage(words, failure as unknown as Parameters<typeof failureMessage>[1])
    : { what: failure.reason, todo: "" };
  return (
    <Alert color="red" variant="light" icon={<IconPlugConnectedX size={18} aria-hidden />} title={text.host.problem}>
      {visibleText(message.what)} {message.todo}
    </Alert>
  );
}
