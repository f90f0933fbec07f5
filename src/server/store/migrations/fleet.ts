/** What config centres have answered about the fleets of environments. */
export const FLEET = `
create table fleet_snapshot (
  environment int not null references definition on delete cascade,
  config_centre int not null references definition on delete cascade,
  -- Of the last good answer: when it was asked for, how long it took, what runs where, and all versions.
  at timestamptz,
  milliseconds int,
  matrix jsonb,
  -- By project, then by host.
  versions jsonb,
  -- Why there was no answer when it was asked last.
  problem jsonb,
  -- Who asks: the turn grows with each asking, and what an older one brings is dropped.
  asking boolean not null default false,
  turn int not null default 0,
  began_at timestamptz,
  -- Something has happened since it was begun: it has to be asked again.
  wanted_since timestamptz,
  looked_at timestamptz,
  primary key (environment, config_centre)
);

-- Runs of Gantry by what they acted on, by their own id (the containers' label), and how they ended.
create index run_event_project on run_event ((event->>'environment'), (event->>'project'), run desc, seq desc)
  where event->>'type' = 'run-started';
create index run_event_label on run_event ((event->>'run')) where event->>'type' = 'run-started';
create index run_event_finished on run_event (run, seq) where event->>'type' = 'run-finished';
`;
