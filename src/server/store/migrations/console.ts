/** Accounts, definitions, requests, runs and their logs. */
export const CONSOLE = `
create table account (
  id int generated always as identity primary key,
  name text not null,
  display_name text not null,
  password_hash text not null,
  role text not null,
  active boolean not null default true,
  must_change_password boolean not null default false,
  last_sign_in timestamptz,
  created_at timestamptz not null default now()
);
create unique index account_name on account (lower(name));

-- By the name that was typed, whether there is such an account or not: so nobody learns which names there are.
create table sign_in_failure (
  name text primary key,
  failures int not null,
  at timestamptz not null default now(),
  locked_until timestamptz
);

create table user_group (
  id int generated always as identity primary key,
  name text not null,
  description text not null default ''
);
create unique index user_group_name on user_group (lower(name));
create table user_group_member (
  user_group int not null references user_group on delete cascade,
  account int not null references account on delete cascade,
  primary key (user_group, account)
);
create index user_group_member_account on user_group_member (account);

create table session (
  token_hash bytea primary key,
  account int not null references account on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text not null,
  agent text not null
);
create index session_account on session (account);

create table definition (
  id int generated always as identity primary key,
  kind text not null,
  name text not null,
  version int not null default 1,
  environment int references definition,
  category int references definition,
  data jsonb not null,
  author text not null,
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index definition_name on definition (kind, coalesce(environment, 0), lower(name)) where deleted_at is null;
create index definition_kind on definition (kind, name) where deleted_at is null;

create table definition_version (
  definition int not null references definition,
  version int not null,
  author text not null,
  at timestamptz not null default now(),
  data jsonb not null,
  primary key (definition, version)
);

create table definition_reference (
  source int not null references definition on delete cascade,
  target int not null references definition,
  primary key (source, target)
);
create index definition_reference_target on definition_reference (target);

create table work_order_submitter (
  work_order int not null references definition on delete cascade,
  user_group int not null references user_group,
  primary key (work_order, user_group)
);
create index work_order_submitter_group on work_order_submitter (user_group);

create table option_fetch (
  id bigint generated always as identity primary key,
  variable int references definition on delete cascade,
  source_hash text not null,
  at timestamptz not null default now(),
  milliseconds int not null,
  bytes int not null,
  ok boolean not null,
  option_values jsonb,
  problem text
);
create index option_fetch_source on option_fetch (source_hash, at desc);
create index option_fetch_at on option_fetch (at);

create table favourite (
  account int not null references account on delete cascade,
  work_order int not null references definition on delete cascade,
  primary key (account, work_order)
);
create table draft (
  account int not null references account on delete cascade,
  work_order int not null references definition on delete cascade,
  form_values jsonb not null,
  note text not null default '',
  saved_at timestamptz not null default now(),
  primary key (account, work_order)
);

create table request (
  id bigint generated always as identity primary key,
  work_order int not null references definition,
  order_version int not null,
  order_name text not null,
  environment int not null references definition,
  category int references definition,
  config_centre int not null references definition,
  account int not null references account,
  state text not null,
  version int not null default 1,
  form_values jsonb not null,
  -- Secret values, sealed.
  sealed_values text,
  summary text not null,
  lines jsonb not null,
  hash text not null,
  -- Versions of the definitions that it was made from.
  made_from jsonb not null default '{}',
  lock_policy text not null,
  lock_key text not null,
  note text not null default '',
  background boolean not null default false,
  usual_seconds real,
  reason text,
  job uuid,
  submitted_at timestamptz not null default now(),
  scheduled_at timestamptz,
  queued_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz
);
create index request_state on request (state, id desc);
create index request_order on request (work_order, id desc);
create index request_environment on request (environment, id desc);
create index request_account on request (account, id desc);
create index request_submitted on request (submitted_at);
create index request_lock on request (lock_key, id) where state in ('queued', 'running');

create table run (
  id bigint generated always as identity primary key,
  request bigint not null references request,
  state text not null,
  spool text not null unique,
  config_centre int not null references definition,
  place text not null,
  -- Of a local config centre: the machine and folder that its spool is in; only a worker there can follow it.
  spool_home text,
  -- Grows with each worker that takes the run over; what an older one writes is refused.
  lease int not null default 0,
  worker text,
  started_at timestamptz,
  ended_at timestamptz,
  log_read bigint not null default 0,
  log_bytes bigint not null default 0,
  log_lines bigint not null default 0,
  log_cut boolean not null default false,
  journal_read bigint not null default 0,
  results jsonb not null default '[]',
  problem text,
  stopping text,
  removed_at timestamptz
);
create unique index run_request on run (request);
create index run_spool_left on run (ended_at) where removed_at is null;

create table log_chunk (
  run bigint not null references run on delete cascade,
  start bigint not null,
  length int not null,
  first_line bigint not null,
  lines int not null,
  at timestamptz not null default now(),
  bytes bytea not null,
  primary key (run, start)
);
alter table log_chunk alter column bytes set storage external;
create index log_chunk_line on log_chunk (run, first_line);

create table run_event (
  run bigint not null references run on delete cascade,
  seq int not null,
  event jsonb not null,
  primary key (run, seq)
);

create table worker (
  name text primary key,
  machine text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  running int not null default 0
);
create table place_state (
  config_centre int primary key references definition on delete cascade,
  state text not null,
  problem text,
  at timestamptz not null default now()
);
`;
