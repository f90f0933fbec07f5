/** What lists of requests are read from, newest first, without a look at the requests themselves. */
export const REQUEST_LIST = `
-- The columns that lists are narrowed by (history-filter.ts) and that say who may see a request (visibility.ts).
create index request_list on request (id desc)
  include (state, environment, category, work_order, account, submitted_at, approval_flow);
-- Only pages that a vacuum has found unchanged are read from the index alone, so it comes after every few hundred
-- requests, not after a fifth of all of them.
alter table request set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500
);
`;
