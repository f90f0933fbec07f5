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

-- Triples of characters, too: what is sought by them is found by few entries. Pairs are left for texts of two.
drop index request_search_grams, audit_event_search;
create or replace function search_grams(t text) returns text[] language plpgsql immutable parallel safe cost 2000 as $$
declare
  grams text[] := '{}';
  first text;
  second text;
  third text;
  n int := 0;
begin
  foreach third in array string_to_array(t, null) loop
    if second is not null then
      n := n + 1;
      grams[n] := second || third;
    end if;
    if first is not null then
      n := n + 1;
      grams[n] := first || second || third;
    end if;
    first := second;
    second := third;
  end loop;
  return grams;
end $$;
create index request_search_grams on request_search using gin (search_grams(search))
  with (gin_pending_list_limit = 256);
create index audit_event_search on audit_event using gin (search_grams(search))
  with (gin_pending_list_limit = 256) where seq is not null;

-- What a text is sought by: as few of them as have its first characters. What is found is compared with the whole text.
create function sought_grams(t text) returns text[] language sql immutable parallel safe cost 2000 as $$
  select case when char_length(t) < 3 then array[t]
    else array(select substr(t, least(n, char_length(t) - 2), 3) from generate_series(1, least(char_length(t), 40), 3) n) end
$$;
`;

function covering(name: string, first: string | undefined): string {
  const others = COLUMNS.filter((column) => column !== first).join(", ");
  return `create index ${name} on request (${first === undefined ? "" : `${first}, `}id) include (${others});`;
}
