/**
 * Counts of durations that are added up fast: one number has a count of seven digits for each step, the first step's
 * at the end, so that one sum adds all of them. An array of 38 took most of the time of a chart.
 */
export const REQUEST_DURATIONS = `
create function duration_lane(step int) returns numeric language sql immutable strict parallel safe as $$
  select ('1' || repeat('0', 7 * (step - 1)))::numeric
$$;

alter table request_rollup add durations_sum numeric;
update request_rollup set durations_sum = coalesce((select sum(n * duration_lane(step::int))
  from unnest(durations) with ordinality d(n, step) where n <> 0), 0);
alter table request_rollup drop durations;
alter table request_rollup rename durations_sum to durations;
alter table request_rollup alter durations set not null;
-- All that charts read.
create index request_rollup_hours on request_rollup (environment, at)
  include (state, requests, seconds, durations) where kind = 'hour';
create index request_rollup_days on request_rollup (kind, at)
  include (key, environment, category, state, requests, seconds, durations) where kind <> 'hour';

create or replace function request_rollup_add(r request, n int) returns void language plpgsql as $$
declare
  ran boolean := r.started_at is not null and r.ended_at is not null;
  lasted double precision := case when ran then greatest(0, extract(epoch from r.ended_at - r.started_at)) end;
  lane numeric := n * coalesce(duration_lane(duration_step(lasted)), 0);
begin
  if not is_ended(r.state) then return; end if;
  insert into request_rollup as t (kind, at, key, environment, category, state, requests, timed, seconds, durations)
  select k.*, r.state, n, case when ran then n else 0 end, n * coalesce(lasted, 0), lane
  from rollup_keys(r.submitted_at, r.work_order, r.account, r.environment, r.category) k
  on conflict (kind, at, key, environment, category, state) do update set
    requests = t.requests + excluded.requests, timed = t.timed + excluded.timed,
    seconds = t.seconds + excluded.seconds, durations = t.durations + excluded.durations;
end $$;
drop function add_to_step;

create or replace function count_requests(from_id bigint, to_id bigint) returns void language sql as $$
  with ended as materialized (
    select submitted_at, work_order, account, environment, coalesce(category, 0) as category, state,
      case when started_at is not null and ended_at is not null
        then greatest(0, extract(epoch from ended_at - started_at))::float8 end as lasted
    from request where is_ended(state) and id >= from_id and id < to_id
  ), measured as materialized (select *, duration_lane(duration_step(lasted)) as lane from ended)
  insert into request_rollup as t (kind, at, key, environment, category, state, requests, timed, seconds, durations)
  select k.kind, k.at, k.key, k.environment, k.category, state, count(*), count(lasted), coalesce(sum(lasted), 0),
    coalesce(sum(lane), 0)
  from measured r
  cross join lateral rollup_keys(r.submitted_at, r.work_order, r.account, r.environment, r.category) k
  group by k.kind, k.at, k.key, k.environment, k.category, state
  on conflict (kind, at, key, environment, category, state) do update set
    requests = t.requests + excluded.requests, timed = t.timed + excluded.timed,
    seconds = t.seconds + excluded.seconds, durations = t.durations + excluded.durations
$$;
`;
