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

-- Counts of ended requests by when they were submitted. 'hour': by hour and environment. 'order', 'account': by day
-- (UTC); key is the order or account. A trigger keeps them in the transaction that ends a request.
create table request_rollup (
  kind text not null check (kind in ('hour', 'order', 'account')),
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

create function request_rollup_add(r request, n int) returns void language plpgsql as $$
declare
  ran boolean := r.started_at is not null and r.ended_at is not null;
  lasted double precision := case when ran then greatest(0, extract(epoch from r.ended_at - r.started_at)) end;
  step int := duration_step(lasted);
  timed int := case when ran then n else 0 end;
  none int[] := array_fill(0, array[38]);
begin
  if not is_ended(r.state) then return; end if;
  -- Always in this order, so that two that end at once do not wait for each other.
  insert into request_rollup as t values
    ('hour', date_trunc('hour', r.submitted_at, 'UTC'), 0, r.environment, 0, r.state,
      n, timed, n * coalesce(lasted, 0), add_to_step(none, step, n)),
    ('order', date_trunc('day', r.submitted_at, 'UTC'), r.work_order, r.environment, coalesce(r.category, 0), r.state,
      n, timed, n * coalesce(lasted, 0), add_to_step(none, step, n)),
    ('account', date_trunc('day', r.submitted_at, 'UTC'), r.account, r.environment, 0, r.state,
      n, timed, n * coalesce(lasted, 0), add_to_step(none, step, n))
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

-- Makes all of it anew from the requests.
create function rebuild_request_history() returns void language plpgsql as $$
begin
  delete from request_search;
  drop index request_search_grams;
  insert into request_search select id, request_text(order_name, form_values, note) from request;
  create index request_search_grams on request_search using gin (search_grams(search))
    with (gin_pending_list_limit = 256);
  delete from request_variable;
  insert into request_variable select distinct work_order, name from request, jsonb_object_keys(form_values) name;
  delete from request_rollup;
  with ended as materialized (
    select submitted_at, work_order, account, environment, coalesce(category, 0) as category, state,
      case when started_at is not null and ended_at is not null
        then greatest(0, extract(epoch from ended_at - started_at))::float8 end as lasted
    from request where is_ended(state)
  ), stepped as materialized (select *, duration_step(lasted) as step from ended)
  insert into request_rollup
  select kind, at, key, k.environment, k.category, state, count(*), count(lasted), coalesce(sum(lasted), 0), array[${STEPS}]
  from stepped r
  cross join lateral (values
    ('hour', date_trunc('hour', submitted_at, 'UTC'), 0, r.environment, 0),
    ('order', date_trunc('day', submitted_at, 'UTC'), work_order, r.environment, r.category),
    ('account', date_trunc('day', submitted_at, 'UTC'), account, r.environment, 0)
  ) k(kind, at, key, environment, category)
  group by kind, at, key, k.environment, k.category, state;
end $$;
select rebuild_request_history();

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
