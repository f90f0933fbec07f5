/**
 * The audit: a row an event, each with a hash over the one before, so that a row that was changed, removed or put in
 * by hand is found. Number and hash are given when the transaction commits, so that no transaction waits for the
 * chain while it holds anything else, and the chain has the order of the commits.
 */
export const AUDIT = `
create table audit_event (
  id bigint generated always as identity primary key,
  -- Set at the commit.
  seq bigint unique,
  at timestamptz not null,
  actor text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  object_name text not null,
  -- The event as JSON text, exactly as it goes into the hash; the columns above repeat parts of it.
  body text not null,
  previous bytea,
  hash bytea
);
create index audit_event_at on audit_event (at desc, seq desc);
create index audit_event_actor on audit_event (lower(actor), seq desc);
create index audit_event_action on audit_event (action, seq desc);
create index audit_event_object on audit_event (object_kind, object_id, seq desc);

create table audit_head (one boolean primary key default true check (one), seq bigint not null, hash bytea not null);
insert into audit_head (seq, hash) values (0, sha256(convert_to('gantry audit', 'UTF8')));

create function audit_chain() returns trigger language plpgsql as $$
declare head audit_head;
begin
  select * into head from audit_head for update;
  head.seq := head.seq + 1;
  update audit_event set seq = head.seq, previous = head.hash,
    hash = sha256(head.hash || convert_to(head.seq || E'\n' || body, 'UTF8'))
    where id = new.id returning hash into head.hash;
  update audit_head set seq = head.seq, hash = head.hash;
  return null;
end $$;
create constraint trigger audit_event_chain after insert on audit_event
  deferrable initially deferred for each row execute function audit_chain();

create function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.hash is null
    and (old.id, old.at, old.actor, old.action, old.object_kind, old.object_id, old.object_name, old.body)
      = (new.id, new.at, new.actor, new.action, new.object_kind, new.object_id, new.object_name, new.body)
  then return new; end if;
  raise exception 'the audit can only be appended to';
end $$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function audit_append_only();
create trigger audit_event_no_truncate before truncate on audit_event
  for each statement execute function audit_append_only();
`;
