import { Anchor, Button, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import { useState } from "react";
import type { Role } from "../../../../contract/people.ts";
import { useAnswer } from "../../../api/api.tsx";
import { ApiProblem } from "../../../api/problem.ts";
import { Answer } from "../../../components/answer.tsx";
import { Link } from "../../../components/link.tsx";
import { Page } from "../../../components/page.tsx";
import { ProblemAlert } from "../../../components/problem-alert.tsx";
import { roleName } from "../../../components/role-name.ts";
import { UnsavedChanges } from "../../../components/unsaved-changes.tsx";
import { useText } from "../../../locales/language.tsx";
import { paths } from "../../../paths.ts";
import { AdministrationTabs } from "../administration-tabs.tsx";
import { RoleCards } from "./role-cards.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { RoleTable } from "./role-table.tsx";
import classes from "./roles.module.css";
import { type RoleDrafts, useRoleDrafts } from "./use-role-drafts.ts";

/** What the roles allow. */
export function RolesPage() {
  const { administration, roles: text } = useText();
  const roles = useAnswer("GET /roles", {});
  const [opened, setOpened] = useState<Role | "new" | null>(null);
  return (
    <Page
      title={administration.tabs.roles}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      primary={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened("new")}>
          {text.page.create}
        </Button>
      }
    >
      <AdministrationTabs current="roles" />
      <Text c="dimmed" maw={900}>
        {text.page.about}{" "}
        <Anchor component={Link} href={paths.objectRules()} underline="always">
          {text.page.toRules}
        </Anchor>
      </Text>
      <Answer of={roles} rows={9}>
        {({ items }) => <Roles kept={items} onOpen={setOpened} />}
      </Answer>
      {opened !== null && (
        <RoleDialog
          role={opened === "new" ? undefined : opened}
          roles={roles.data?.items ?? []}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

interface RolesProps {
  readonly kept: readonly Role[];
  readonly onOpen: (role: Role) => void;
}

function Roles({ kept, onOpen }: RolesProps) {
  const drafts = useRoleDrafts(kept);
  const little = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  return (
    <>
      <UnsavedChanges when={drafts.changed.length > 0 && !drafts.saving} />
      <Refusal drafts={drafts} />
      {little ? <RoleCards drafts={drafts} onOpen={onOpen} /> : <RoleTable drafts={drafts} onOpen={onOpen} />}
      {drafts.changed.length > 0 && <SaveBar drafts={drafts} />}
    </>
  );
}

function Refusal({ drafts: { refused, discard } }: { readonly drafts: RoleDrafts }) {
  const catalogue = useText();
  const text = catalogue.roles.page;
  if (refused === null) return null;
  const changed = refused.error instanceof ApiProblem && refused.error.problem.type === "changed";
  return (
    <div>
      <Text fw={600} mb={4}>
        {text.refused(roleName(refused.name, catalogue))}
      </Text>
      <ProblemAlert error={refused.error} {...(changed ? { retry: discard, retryLabel: text.load } : {})} />
    </div>
  );
}

/** Stays in view while something is not saved. */
function SaveBar({ drafts }: { readonly drafts: RoleDrafts }) {
  const text = useText().roles.page;
  return (
    <div className={classes.bar} role="status">
      <span className={classes.barText}>{text.changed(drafts.changed.length)}</span>
      <Button variant="default" onClick={drafts.discard}>
        {text.discard}
      </Button>
      <Button loading={drafts.saving} onClick={drafts.save}>
        {text.save}
      </Button>
    </div>
  );
}
