import { Alert, Stack } from "@mantine/core";
import IconShieldLock from "@tabler/icons-react/icons/IconShieldLock";
import { useSearch } from "@tanstack/react-router";
import { returnAddress } from "../../../domain/return-address.ts";
import { useGo } from "../../components/link.tsx";
import { showNotice } from "../../components/notices.tsx";
import { useText } from "../../locales/language.tsx";
import { Door } from "../sign-in/door.tsx";
import { TotpEnrolment } from "./totp-enrolment.tsx";

/** Stands before everything else for those whose role needs an authenticator and who have none. */
export function SetUpTotpPage() {
  const text = useText().account.totp;
  const { return: back } = useSearch({ from: "/set-up-authenticator" });
  const go = useGo();
  return (
    <Door title={text.setUp}>
      <Stack>
        <Alert icon={<IconShieldLock />} color="blue">
          {text.requiredText}
        </Alert>
        <TotpEnrolment
          onDone={() => {
            showNotice({ message: text.enrolled, tone: "good" });
            go(returnAddress(back), { replace: true });
          }}
        />
      </Stack>
    </Door>
  );
}
