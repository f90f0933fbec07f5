import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import IconActivity from "@tabler/icons-react/icons/IconActivity";
import IconAdjustments from "@tabler/icons-react/icons/IconAdjustments";
import IconChartBar from "@tabler/icons-react/icons/IconChartBar";
import IconCircleCheck from "@tabler/icons-react/icons/IconCircleCheck";
import IconClipboardList from "@tabler/icons-react/icons/IconClipboardList";
import IconHistory from "@tabler/icons-react/icons/IconHistory";
import IconLayoutSidebarLeftCollapse from "@tabler/icons-react/icons/IconLayoutSidebarLeftCollapse";
import IconLayoutSidebarLeftExpand from "@tabler/icons-react/icons/IconLayoutSidebarLeftExpand";
import IconServer from "@tabler/icons-react/icons/IconServer";
import IconUsers from "@tabler/icons-react/icons/IconUsers";
import { useLocation } from "@tanstack/react-router";
import { ADMINISTRATION_KINDS, type Permission } from "../../contract/states.ts";
import { useAccount } from "../api/session.ts";
import { Link } from "../components/link.tsx";
import type { Catalogue } from "../locales/catalogue.ts";
import { useText } from "../locales/language.tsx";
import { paths } from "../paths.ts";
import { ApprovalCount } from "./approval-count.tsx";
import classes from "./frame.module.css";

interface Entry {
  readonly name: keyof Catalogue["frame"]["pages"];
  readonly href: string;
  readonly Icon: typeof IconActivity;
  /** What an account needs to see it, or one of them; absent: nothing. */
  readonly needs?: Permission | readonly Permission[];
}

const ENTRIES: readonly Entry[] = [
  { name: "now", href: paths.now(), Icon: IconActivity },
  { name: "orders", href: paths.orders(), Icon: IconClipboardList },
  { name: "approvals", href: paths.approvals(), Icon: IconCircleCheck, needs: "approve" },
  { name: "fleet", href: paths.fleet(), Icon: IconServer, needs: "fleet" },
  { name: "history", href: paths.history(), Icon: IconHistory },
  { name: "dashboard", href: paths.dashboard(), Icon: IconChartBar, needs: "dashboard" },
  { name: "configuration", href: paths.configuration(), Icon: IconAdjustments, needs: "configure" },
  { name: "administration", href: paths.administration(), Icon: IconUsers, needs: ["administer", "audit"] },
];

/** The pages that an account may see. */
export function entriesFor(permissions: readonly Permission[]): readonly Entry[] {
  return ENTRIES.filter(({ needs = [] }) => {
    const oneOf = [needs].flat();
    return oneOf.length === 0 || oneOf.some((permission) => permissions.includes(permission));
  });
}

/** Where one is, as the entries have it: some kinds of definitions belong to the administration. */
function areaOf(pathname: string): string {
  const within = ADMINISTRATION_KINDS.some((kind) => pathname.startsWith(paths.definitions(kind)));
  return within ? paths.administration() : pathname;
}

interface RailProps {
  readonly narrow: boolean;
  readonly onNarrow: (narrow: boolean) => void;
}

/** The main navigation: at the left, and at the bottom of a phone. */
export function Rail({ narrow, onNarrow }: RailProps) {
  const text = useText().frame;
  const here = useLocation({ select: ({ pathname }) => areaOf(pathname) });
  const { permissions } = useAccount();
  const width = narrow ? text.expand : text.collapse;
  return (
    <nav className={classes.rail} aria-label={text.navigation}>
      <ul className={classes.entries}>
        {entriesFor(permissions).map(({ name, href, Icon }) => {
          const current = href === "/" ? here === "/" : here === href || here.startsWith(`${href}/`);
          return (
            <li key={name}>
              <Tooltip label={text.pages[name]} position="right" disabled={!narrow}>
                <UnstyledButton
                  component={Link}
                  href={href}
                  className={classes.entry}
                  aria-current={current ? "page" : undefined}
                  data-current={current || undefined}
                >
                  <Icon size={20} stroke={1.6} aria-hidden />
                  <span className={classes.entryName}>{text.pages[name]}</span>
                  <span className={classes.shortName}>{text.shortPages[name]}</span>
                  {name === "approvals" && <ApprovalCount />}
                </UnstyledButton>
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <Tooltip label={width} position="right">
        <ActionIcon
          className={classes.narrower}
          variant="subtle"
          color="gray"
          aria-label={width}
          aria-pressed={narrow}
          onClick={() => onNarrow(!narrow)}
        >
          {narrow ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
        </ActionIcon>
      </Tooltip>
    </nav>
  );
}
