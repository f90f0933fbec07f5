import { Button } from "@mantine/core";
import IconDownload from "@tabler/icons-react/icons/IconDownload";
import { useSearch } from "@tanstack/react-router";
import { useAnswer } from "../../api/api.tsx";
import { addressOf } from "../../api/call.ts";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link, useGo } from "../../components/link.tsx";
import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";
import { type AuditFilters, paths } from "../../paths.ts";
import { AdministrationTabs } from "../administration/administration-tabs.tsx";
import { AuditEvents } from "./audit-events.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { auditQuery, filtersIn } from "./audit-filters.ts";
import { ChainCheck } from "./chain-check.tsx";
import { kindName } from "./object-words.ts";
import classes from "./audit.module.css";

/** Who has done what, newest first, and whether the record is as it was written. */
export function AuditPage() {
  const catalogue = useText();
  const { administration, audit: text } = catalogue;
  const go = useGo();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const filters = filtersIn(search);
  const { kind, id } = filters;
  const after = typeof search["after"] === "string" ? search["after"] : undefined;
  return (
    <Page
      title={text.title}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      actions={
        <Button
          component="a"
          href={addressOf("GET /audit/export", {})}
          download
          variant="default"
          title={text.exportHint}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {text.export}
        </Button>
      }
    >
      <AdministrationTabs current="audit" />
      <ChainCheck />
      <AuditFilterBar filters={filters} onChange={(next) => go(paths.audit(next), { replace: true })} />
      {kind !== undefined && id !== undefined && (
        <p className={classes.only}>
          {text.filters.only(kindName(kind, catalogue), id)}
          <Link href={paths.audit({ ...filters, id: undefined })}>{text.filters.notOnly}</Link>
        </p>
      )}
      <Events key={JSON.stringify([filters, after])} filters={filters} after={after} />
    </Page>
  );
}

interface EventsProps {
  readonly filters: AuditFilters;
  /** Where the page before ended; absent: the newest. */
  readonly after: string | undefined;
}

function Events({ filters, after }: EventsProps) {
  const text = useText().audit;
  const answer = useAnswer("GET /audit", { query: { ...auditQuery(filters), after, limit: 100 } });
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Answer of={answer} rows={12}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty title={filtered ? text.empty : text.nothing}>{filtered ? text.emptyText : text.nothingText}</Empty>
        ) : (
          <>
            <AuditEvents events={items} />
            <nav className={classes.pages} aria-label={text.pages}>
              {after !== undefined && (
                <Button component={Link} href={paths.audit(filters)} variant="default">
                  {text.newest}
                </Button>
              )}
              {next !== null && (
                <Button component={Link} href={paths.audit(filters, next)} variant="default">
                  {text.older}
                </Button>
              )}
            </nav>
          </>
        )
      }
    </Answer>
  );
}
