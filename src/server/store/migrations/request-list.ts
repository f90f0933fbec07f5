const COLUMNS = ["state", "environment", "category", "work_order", "account", "submitted_at", "approval_flow"];

/** What lists of requests are read from, newest first, without a look at the requests; and how texts are sought. */
export const REQUEST_LIST = `
-- Each has all columns that lists are narrowed by (history-filter.ts) and that say who may see a request
-- (visibility.ts), so that whichever leaves fewest, the others are checked in the same index. Ids go up: new entries
-- come at the end, where pages are left full.
drop index request_state, request_environment, request_category, request_order, request_account;
${covering("request_list", undefined)}
${covering("request_state", "state")}
${covering("request_environment", "environment")}
${covering("request_category", "category")}
${covering("request_order", "work_order")}
${covering("request_account", "account")}
-- Only pages that a vacuum has found unchanged are read from an index alone, so it comes after some hundred requests,
-- not after a fifth of all of them.
alter table request set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500
);

-- Pairs that a text is sought by: as few as have all of its characters. Each costs a walk through the index, and what
-- is found is compared with the whole text.
create function sought_grams(t text) returns text[] language sql immutable parallel safe cost 2000 as $$
  select array(select gram from unnest(search_grams(t)) with ordinality g(gram, n)
    where n % 2 = 1 or n = char_length(t) - 1)
$$;
`;

function covering(name: string, first: string | undefined): string {
  const others = COLUMNS.filter((column) => column !== first).join(", ");
  return `create index ${name} on request (${first === undefined ? "" : `${first}, `}id) include (${others});`;
}
