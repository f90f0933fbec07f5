import { Button, Radio, Stack } from "@mantine/core";
import IconLogin2 from "@tabler/icons-react/icons/IconLogin2";
import { useState } from "react";
import type { OfferedMethod } from "../../../contract/sign-in-method.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./sign-in.module.css";

const STORED_AS = "gantry-sign-in-method";
/** The console's own passwords. */
const HERE = "here";

/** Providers that one is led to. */
export function ProviderButtons({
  methods,
  back,
}: {
  readonly methods: readonly OfferedMethod[];
  readonly back: string;
}) {
  const text = useText().signIn;
  if (methods.length === 0) return null;
  return (
    <Stack gap="xs" mt="md">
      <div className={classes.or}>{text.or}</div>
      {methods.map(({ id, name }) => (
        // Not a page of this application: the server leads on.
        <Button
          key={id}
          component="a"
          href={paths.oidc(id, back)}
          variant="default"
          fullWidth
          leftSection={<IconLogin2 size={16} />}
        >
          {text.by(name)}
        </Button>
      ))}
    </Stack>
  );
}

export interface PasswordWay {
  /** Id of the directory; undefined: the console's own passwords. */
  readonly method: number | undefined;
  readonly choose: (value: string) => void;
}

/** Which password is asked for: that of a directory where there is one, or what was chosen the last time. */
export function usePasswordWay(directories: readonly OfferedMethod[]): PasswordWay {
  const [chosen, setChosen] = useState(stored);
  const known = directories.find(({ id }) => String(id) === chosen) ?? (chosen === HERE ? undefined : directories[0]);
  return {
    method: known?.id,
    choose: (value) => {
      setChosen(value);
      try {
        localStorage.setItem(STORED_AS, value);
      } catch {
        // Without storage the choice is for this time.
      }
    },
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}

/** The choice between passwords, where there are several. */
export function PasswordWays({
  directories,
  way: { method, choose },
}: {
  readonly directories: readonly OfferedMethod[];
  readonly way: PasswordWay;
}) {
  const text = useText().signIn;
  if (directories.length === 0) return null;
  return (
    <Radio.Group label={text.where} value={method === undefined ? HERE : String(method)} onChange={choose}>
      <Stack gap={6} mt={4}>
        {directories.map(({ id, name }) => (
          <Radio key={id} value={String(id)} label={name} />
        ))}
        <Radio value={HERE} label={text.here} />
      </Stack>
    </Radio.Group>
  );
}
