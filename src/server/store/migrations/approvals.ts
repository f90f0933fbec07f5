/** Approval of requests: levels, votes, delegations; the pre-task's own run. */
export const APPROVALS = `
-- The approval flow as it was when the request was made or last edited; null: nobody is asked.
alter table request
  add approval_flow int references definition,
  add flow_name text,
  add self_approval boolean not null default false,
  add distinct_people boolean not null default false,
  add expiry_hours int,
  add run_on_approval boolean not null default true,
  -- The level that is asked, from 1; null: none (yet, or any more).
  add level int,
  add expires_at timestamptz,
  -- The pre-task has its own run, before anybody is asked.
  add pre_task_first boolean not null default false,
  -- What is to run next, or runs: 'pre' or 'main'.
  add phase text not null default 'main';
create index request_waiting on request (id) where state = 'waiting';

create table request_level (
  request bigint not null references request on delete cascade,
  level int not null,
  name text not null,
  user_group int references user_group on delete set null,
  group_name text not null,
  quorum int not null,
  primary key (request, level)
);
create index request_level_group on request_level (user_group);

create table vote (
  id bigint generated always as identity primary key,
  request bigint not null references request on delete cascade,
  level int not null,
  -- Of the request as it was looked at.
  hash text not null,
  account int not null references account,
  on_behalf_of int references account,
  decision text not null,
  reason text not null default '',
  at timestamptz not null default now(),
  void boolean not null default false
);
create index vote_request on vote (request);
create unique index vote_account on vote (request, level, account) where not void;
create unique index vote_principal on vote (request, level, on_behalf_of) where not void;

create table delegation (
  id int generated always as identity primary key,
  account int not null references account on delete cascade,
  delegate int not null references account on delete cascade,
  from_at timestamptz not null,
  until_at timestamptz not null,
  reason text not null default '',
  check (account <> delegate),
  check (from_at < until_at)
);
create index delegation_account on delegation (account);
create index delegation_delegate on delegation (delegate);
create view delegation_in_force as
  select d.id, d.account, d.delegate from delegation d
  join account principal on principal.id = d.account and principal.active
  join account delegate on delegate.id = d.delegate and delegate.active
  where d.from_at <= now() and now() < d.until_at;

-- Whom the levels of flows ask: active members whose role lets them approve …
create view asked_by_group as
  select m.account, m.user_group from user_group_member m
  join account a on a.id = m.account and a.active
  join role r on r.name = a.role and 'approve' = any(r.permissions);
-- … and active members of groups that an object rule lets approve in a part.
create view asked_by_rule as
  select m.account, o.environment, o.category from object_rule o
  join user_group_member m on m.user_group = o.user_group
  join account a on a.id = m.account and a.active
  where o.permission = 'approve';

-- A request has one run of each phase; one that an edit has made void stays beside it.
alter table run add phase text not null default 'main', add superseded boolean not null default false;
drop index run_request;
create unique index run_request on run (request, phase) where not superseded;
create index run_of_request on run (request, id);
`;
