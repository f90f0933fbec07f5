import { BUILT_IN_ROLES } from "../../../contract/states.ts";

const roles = Object.entries(BUILT_IN_ROLES).map(
  ([name, permissions]) => `('${name}', '{${permissions.map((permission) => `"${permission}"`).join(",")}}', true)`,
);

/** Roles, object rules, API tokens. */
export const ACCESS = `
create table role (
  name text primary key,
  description text not null default '',
  permissions text[] not null,
  built_in boolean not null default false
);
insert into role (name, permissions, built_in) values ${roles.join(", ")};
alter table account add foreign key (role) references role on update cascade;
alter table account add email text not null default '';

-- What members of a user group may do with the orders and requests of an environment, a category, or both.
create table object_rule (
  id int generated always as identity primary key,
  user_group int not null references user_group on delete cascade,
  permission text not null,
  environment int references definition,
  category int references definition
);
create unique index object_rule_whole on object_rule (user_group, permission, coalesce(environment, 0), coalesce(category, 0));

alter table session add id int generated always as identity unique;

create table api_token (
  id int generated always as identity primary key,
  account int not null references account on delete cascade,
  name text not null,
  token_hash bytea not null unique,
  -- The first characters, by which its owner knows it again.
  prefix text not null,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_from text,
  revoked_at timestamptz
);
create index api_token_account on api_token (account);

-- User groups that definitions name besides the submitters of orders.
create table definition_user_group (
  definition int not null references definition on delete cascade,
  user_group int not null references user_group,
  primary key (definition, user_group)
);
create index definition_user_group_group on definition_user_group (user_group);
`;
