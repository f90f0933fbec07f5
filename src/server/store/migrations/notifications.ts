/** Who is to be told of what, and what became of it. */
export const NOTIFICATIONS = `
-- What has happened and is still to be told: put in by the transaction that makes it happen.
create table notification_outbox (
  id bigint generated always as identity primary key,
  request bigint not null references request,
  event text not null,
  at timestamptz not null default now()
);

create table notification_delivery (
  id bigint generated always as identity primary key,
  request bigint not null references request,
  event text not null,
  channel int not null references definition,
  -- Of a message to one person: that account; else it goes where the channel says.
  account int references account on delete cascade,
  state text not null default 'queued',
  attempts int not null default 0,
  problem text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index notification_delivery_channel on notification_delivery (channel, id desc);
create index notification_delivery_request on notification_delivery (request);
create index notification_delivery_created on notification_delivery (created_at);

-- What a person wants to hear of by e-mail: of the own requests, and of those that wait for a vote.
create table notification_wish (
  account int primary key references account on delete cascade,
  own_events text[] not null default '{}',
  asked boolean not null default false
);
`;
