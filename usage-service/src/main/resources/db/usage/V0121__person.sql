-- People as comp-service tells of them, and whose identities are whose.
create table person (
  engineer  text   not null primary key,
  version   bigint not null,
  team      text   not null,
  manager   text   not null,
  time_zone text   not null
);

create index person_team on person (team);

-- Where a person works, from when on. The first one known counts for all time before.
create table person_country (
  engineer text        not null references person,
  since    timestamptz not null,
  country  text        not null,
  primary key (engineer, since)
);

-- What comp-service says: as it is now, for all time.
create table person_identity (
  kind     text not null,
  value    text not null,
  engineer text not null references person,
  primary key (kind, value, engineer)
);

create index person_identity_engineer on person_identity (engineer);

-- What an administrator says, by the time of the call; without an engineer: nobody's.
create table identity_mapping (
  kind     text        not null,
  value    text        not null,
  since    timestamptz not null,
  engineer text references person,
  made_at  timestamptz not null,
  primary key (kind, value, since)
);

create index identity_mapping_engineer on identity_mapping (engineer);
