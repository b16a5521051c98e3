-- The heads of accounts at the end of days, as they were signed. A row stands only where a head is another
-- than in the checkpoint before, so there are never more rows than journal entries.
create table checkpoint_head (
  account text collate "C" not null,
  day     date             not null,
  entry   bigint           not null,
  hash    bytea            not null,
  primary key (account, day)
);

-- Public keys that ever signed: what is verified years later was signed with a key of then.
create table checkpoint_key (
  key_id     text  primary key,
  public_key bytea not null,
  first_day  date  not null
);

create table checkpoint (
  number        bigint primary key,
  day           date   not null unique,
  accounts      bigint not null,
  previous_root bytea  not null,
  root          bytea  not null,
  key_id        text   not null references checkpoint_key,
  signature     bytea  not null
);

-- The roots of each 1,024 leaves, so that a path needs no look at all accounts.
create table checkpoint_run (
  number        bigint           not null references checkpoint,
  run           int              not null,
  first_account text collate "C" not null,
  root          bytea            not null,
  primary key (number, run)
);
