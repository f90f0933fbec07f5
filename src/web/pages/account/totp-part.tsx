import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useAccount } from "../../api/session.ts";
import { Mark } from "../../components/mark.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Part } from "../../components/part.tsx";
import { useText } from "../../locales/language.tsx";
import { TotpEnrolment } from "./totp-enrolment.tsx";
import { TotpRemoval } from "./totp-removal.tsx";

/** The own authenticator: whether there is one, setting it up, removing it. */
export function TotpPart() {
  const text = useText().account.totp;
  const { totp } = useAccount();
  const [doing, setDoing] = useState<"enrol" | "remove" | null>(null);
  const close = (): void => setDoing(null);
  const start = totp ? (
    <Button size="xs" variant="default" onClick={() => setDoing("remove")}>
      {text.remove}
    </Button>
  ) : (
    <Button size="xs" variant="default" onClick={() => setDoing("enrol")}>
      {text.setUp}
    </Button>
  );
  return (
    <Part
      title={text.title}
      mark={<Mark tone={totp ? "good" : "quiet"}>{totp ? text.on : text.off}</Mark>}
      action={doing !== "enrol" && start}
    >
      {doing === "enrol" ? (
        <TotpEnrolment
          onCancel={close}
          onDone={() => {
            showNotice({ message: text.enrolled, tone: "good" });
            close();
          }}
        />
      ) : (
        <Text c="dimmed" maw={720}>
          {totp ? text.onHelp : text.offHelp}
        </Text>
      )}
      {doing === "remove" && <TotpRemoval onClose={close} />}
    </Part>
  );
}
