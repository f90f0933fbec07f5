/** How accounts sign in: the method, an authenticator's codes; versions of what administrators change. */
export const PEOPLE = `
alter table account add version int not null default 1;
-- The definition of kind sign_in_method by which the account signs in; null: by a password kept here.
alter table account add method int references definition;

alter table role add version int not null default 1;
alter table role add require_totp boolean not null default false;
create unique index role_name on role (lower(name));

-- RFC 6238. Asked for at sign-in once it is confirmed.
create table totp (
  account int primary key references account on delete cascade,
  -- Sealed.
  secret text not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  -- The newest time step that a code was accepted of: none is accepted twice.
  last_step bigint not null default 0
);
create table recovery_code (
  account int not null references account on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account, code_hash)
);
`;
