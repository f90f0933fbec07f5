import { Modal } from "@mantine/core";
import { useState } from "react";
import type { ImportReport } from "../../../../contract/people.ts";
import { useChange } from "../../../api/api.tsx";
import { useText } from "../../../locales/language.tsx";
import { ImportDone } from "./import-done.tsx";
import { ImportInputStep, type ImportSource } from "./import-input-step.tsx";
import { ImportPreview } from "./import-preview.tsx";

const NOTHING: ImportSource = { csv: "", createGroups: false };

/** Imports accounts from a CSV file: what would happen is shown first, then it is done, all or nothing. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { administration, general } = useText();
  const text = administration.accounts.import;
  const [source, setSource] = useState(NOTHING);
  const [report, setReport] = useState<ImportReport | null>(null);
  const send = useChange("POST /accounts/import", ["GET /accounts", "GET /user-groups", "GET /roles"]);
  const ask = (dryRun: boolean): void =>
    send.mutate({ body: { ...source, dryRun } }, { onSuccess: (answer) => setReport(answer) });
  const done = report?.applied === true;
  return (
    <Modal
      opened
      size={900}
      title={done ? text.done : text.title}
      // Passwords that are shown once are not lost by a click beside them.
      closeOnClickOutside={!done && source.csv === ""}
      closeOnEscape={!done}
      onClose={onClose}
      closeButtonProps={{ "aria-label": general.close }}
    >
      {report === null && (
        <ImportInputStep
          source={source}
          onChange={setSource}
          error={send.error}
          busy={send.isPending}
          onCheck={() => ask(true)}
          onClose={onClose}
        />
      )}
      {report !== null && !done && (
        <ImportPreview
          report={report}
          error={send.error}
          busy={send.isPending}
          onBack={() => {
            send.reset();
            setReport(null);
          }}
          onApply={() => ask(false)}
        />
      )}
      {report !== null && done && <ImportDone report={report} onClose={onClose} />}
    </Modal>
  );
}
