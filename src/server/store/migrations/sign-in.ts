/** Accounts of people whom a sign-in method vouches for; their `password_hash` is ''. */
export const SIGN_IN = `
-- The definition of kind sign_in_method by which the account signs in, and what that knows the person by.
alter table account add column if not exists method int references definition;
alter table account add external_subject text;
create unique index account_external on account (method, external_subject);
`;
