import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import IconGitMerge from "@tabler/icons-react/icons/IconGitMerge";
import type { Definition } from "../../../contract/administration.ts";
import { useText } from "../../locales/language.tsx";
import { Change } from "./change.tsx";
import { sameJson } from "./draft.ts";
import { useFieldWords } from "./field-words.ts";

interface ConflictProps {
  readonly mine: object;
  readonly theirs: Definition;
  readonly onLoad: () => void;
  readonly onKeep: () => void;
}

/** Somebody else has saved in the meantime: shows what differs, and lets one of the two win. */
export function Conflict({ mine, theirs, onLoad, onKeep }: ConflictProps) {
  const text = useText().configuration.conflict;
  const words = useFieldWords(theirs.kind);
  const ours = new Map<string, unknown>(Object.entries(mine));
  const differing = Object.entries(theirs.data).filter(([field, value]) => !sameJson(value, ours.get(field)));
  return (
    <Alert role="alert" color="yellow" icon={<IconGitMerge />} title={text.title(theirs.version)}>
      <Stack gap="sm">
        <Text size="sm">{text.text}</Text>
        {differing.length === 0 ? (
          <Text size="sm">{text.same}</Text>
        ) : (
          <div>
            <Text size="sm" fw={600}>
              {`${text.differences} (− ${text.mine}, + ${text.theirs})`}
            </Text>
            {differing.map(([field, value]) => (
              <Change key={field} path={field} before={ours.get(field)} after={value} words={words} />
            ))}
          </div>
        )}
        <Group>
          <Button size="xs" variant="default" onClick={onLoad}>
            {text.load}
          </Button>
          <Button size="xs" variant="default" onClick={onKeep}>
            {text.keep}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
