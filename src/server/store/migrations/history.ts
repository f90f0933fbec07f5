const STEPS = Array.from({ length: 38 }, (_, n) => `count(*) filter (where step = ${n + 1})`).join(", ");

/**
 * What history and dashboard are read from: the text that is searched, counts of ended requests by hour and day, the
 * variables of each order; and the indexes of every filter.
 */
export const HISTORY = `
-- Pairs of characters, by which an index finds a text of two characters or more in any language and locale.
create function search_grams(t text) returns text[] language plpgsql immutable parallel safe cost 2000 as $$
declare
  grams text[] := '{}';
  before text;
  c text;
  n int := 0;
begin
  foreach c in array string_to_array(t, null) loop
    if n > 0 then grams[n] := before || c; end if;
    before := c;
    n := n + 1;
  end loop;
  return grams;
end $$;

-- Order, values and note in small letters, a line each; what is longer is searched at its beginning only.
create function request_text(order_name text, form_values jsonb, note text) returns text
language sql immutable parallel safe as $$
  select lower(left(concat_ws(E'\\n', order_name,
    (select string_agg(v #>> '{}', E'\\n') from jsonb_path_query(form_values, '$.*[*]') v), nullif(note, '')), 8000))
$$;
-- Beside the request, so that a change of its state does not touch the index.
create table request_search (request bigint primary key references request on delete cascade, search text not null);
create index request_search_grams on request_search using gin (search_grams(search))
  with (gin_pending_list_limit = 256);

create index request_category on request (category, id desc);
create index request_submitted_id on request (submitted_at desc, id desc);
drop index request_submitted;

-- Seconds of a run as a step of a factor of the square root of 2, from a quarter of a second to 36 hours.
create function duration_step(seconds double precision) returns int language sql immutable parallel safe as $$
  -- greatest() passes over null.
  select case when seconds is not null
    then greatest(1, least(38, 1 + floor(2 * ln(greatest(seconds, 0.25) / 0.25) / ln(2::float8))::int)) end
$$;

-- Counts of ended requests by when they were submitted. 'hour': by hour, for each environment and (0) for all. 'order',
-- 'account': by day, and 'order-month', 'account-month' by month (UTC); key is the order or account. A trigger keeps
-- them in the transaction that ends a request.
create table request_rollup (
  kind text not null check (kind in ('hour', 'order', 'order-month', 'account', 'account-month')),
  at timestamptz not null,
  key int not null,
  environment int not null,
  -- 0: none, or not kept for this kind.
  category int not null,
  state text not null,
  requests int not null,
  -- Those that have run to an end, their seconds, and how many were in each step of duration_step.
  timed int not null,
  seconds double precision not null,
  durations int[] not null,
  primary key (kind, at, key, environment, category, state)
) with (fillfactor = 80);

create function is_ended(state text) returns boolean language sql immutable parallel safe as $$
  select state in ('succeeded', 'failed', 'stopped', 'lost', 'rejected', 'revoked', 'expired', 'refused')
$$;

create function add_to_step(steps int[], step int, n int) returns int[] language plpgsql immutable as $$
begin
  if step is not null then steps[step] := steps[step] + n; end if;
  return steps;
end $$;

-- What one request counts for, always in this order, so that two that end at once do not wait for each other.
create function rollup_keys(submitted_at timestamptz, work_order int, account int, environment int, category int)
returns table (kind text, at timestamptz, key int, environment int, category int)
language sql immutable parallel safe rows 6 as $$
  select * from (values
    ('hour', date_trunc('hour', $1, 'UTC'), 0, 0, 0),
    ('hour', date_trunc('hour', $1, 'UTC'), 0, $4, 0),
    ('order', date_trunc('day', $1, 'UTC'), $2, $4, coalesce($5, 0)),
    ('order-month', date_trunc('month', $1, 'UTC'), $2, $4, coalesce($5, 0)),
    ('account', date_trunc('day', $1, 'UTC'), $3, $4, 0),
    ('account-month', date_trunc('month', $1, 'UTC'), $3, $4, 0)) k
$$;

create function request_rollup_add(r request, n int) returns void language plpgsql as $$
declare
  ran boolean := r.started_at is not null and r.ended_at is not null;
  lasted double precision := case when ran then greatest(0, extract(epoch from r.ended_at - r.started_at)) end;
  step int := duration_step(lasted);
  steps int[] := add_to_step(array_fill(0, array[38]), step, n);
begin
  if not is_ended(r.state) then return; end if;
  insert into request_rollup as t
  select k.*, r.state, n, case when ran then n else 0 end, n * coalesce(lasted, 0), steps
  from rollup_keys(r.submitted_at, r.work_order, r.account, r.environment, r.category) k
  on conflict (kind, at, key, environment, category, state) do update set
    requests = t.requests + excluded.requests, timed = t.timed + excluded.timed,
    seconds = t.seconds + excluded.seconds, durations = add_to_step(t.durations, step, n);
end $$;

-- Names of the variables that requests of an order have had; secret values are kept elsewhere.
create table request_variable (
  work_order int not null references definition on delete cascade,
  name text not null,
  primary key (work_order, name)
);

create function request_history() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform request_rollup_add(old, -1); end if;
  if tg_op <> 'DELETE' then perform request_rollup_add(new, 1); end if;
  return null;
end $$;
create trigger request_history_insert after insert or delete on request
  for each row execute function request_history();
create trigger request_history_update
  after update of state, started_at, ended_at, submitted_at, environment, category, work_order, account on request
  for each row when (is_ended(old.state) or is_ended(new.state)) execute function request_history();

create function request_written() returns trigger language plpgsql as $$
begin
  insert into request_search values (new.id, request_text(new.order_name, new.form_values, new.note))
    on conflict (request) do update set search = excluded.search;
  insert into request_variable select new.work_order, names.name from jsonb_object_keys(new.form_values) names(name)
    where not exists (select 1 from request_variable v where v.work_order = new.work_order and v.name = names.name)
    on conflict do nothing;
  return null;
end $$;
create trigger request_written after insert or update of form_values, note, work_order, order_name on request
  for each row execute function request_written();

insert into request_search select id, request_text(order_name, form_values, note) from request;
insert into request_variable select distinct work_order, name from request, jsonb_object_keys(form_values) name;

-- Counts the requests of a part anew that nothing has been counted of yet.
create function count_requests(from_id bigint, to_id bigint) returns void language sql as $$
  with ended as materialized (
    select submitted_at, work_order, account, environment, coalesce(category, 0) as category, state,
      case when started_at is not null and ended_at is not null
        then greatest(0, extract(epoch from ended_at - started_at))::float8 end as lasted
    from request where is_ended(state) and id >= from_id and id < to_id
  ), stepped as materialized (select *, duration_step(lasted) as step from ended)
  insert into request_rollup as t
  select k.kind, k.at, k.key, k.environment, k.category, state, count(*), count(lasted), coalesce(sum(lasted), 0),
    array[${STEPS}]
  from stepped r
  cross join lateral rollup_keys(r.submitted_at, r.work_order, r.account, r.environment, r.category) k
  group by k.kind, k.at, k.key, k.environment, k.category, state
  on conflict (kind, at, key, environment, category, state) do update set
    requests = t.requests + excluded.requests, timed = t.timed + excluded.timed,
    seconds = t.seconds + excluded.seconds,
    durations = array(select a + b from unnest(t.durations, excluded.durations) with ordinality u(a, b, n) order by n)
$$;
select count_requests(0, 9223372036854775807);

-- What an event is found by: who, the object's name, and what else is kept about it, in small letters.
create function audit_text(actor text, object_name text, body text) returns text
language sql immutable parallel safe as $$
  select lower(left(concat_ws(E'\n', actor, object_name, (select string_agg(v #>> '{}', E'\n')
    from jsonb_path_query(body::jsonb, '$.data.** ? (@.type() == "string" || @.type() == "number")') v)), 4000))
$$;
alter table audit_event add search text;
alter table audit_event disable trigger audit_event_append_only;
update audit_event set search = audit_text(actor, object_name, body);
alter table audit_event enable trigger audit_event_append_only;
create function audit_search() returns trigger language plpgsql as $$
begin
  new.search := audit_text(new.actor, new.object_name, new.body);
  return new;
end $$;
create trigger audit_event_search before insert on audit_event for each row execute function audit_search();
-- An event gets its number in an update after the insert: only then it is indexed.
create index audit_event_search on audit_event using gin (search_grams(search))
  with (gin_pending_list_limit = 256) where seq is not null;
`;
