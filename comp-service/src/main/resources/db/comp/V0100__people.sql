create table engineer (
  engineer     text         not null,
  -- Of the events with this key, whoever writes them: each takes the next one under this row's lock.
  version      bigint       not null,
  -- Of what is recorded here: the etag.
  revision     bigint       not null,
  team         text         not null,
  manager      text         not null,
  country      char(2)      not null,
  time_zone    text         not null,
  currency     char(3)      not null,
  fte          numeric(5,4) not null check (fte > 0 and fte <= 1),
  start_date   date         not null,
  last_day     date         check (last_day >= start_date),
  display_name text         not null,
  updated_at   timestamptz  not null,
  primary key (engineer)
) with (fillfactor = 80);

-- A name by which usage is told to be somebody's is one person's in the whole company.
create table engineer_identity (
  kind     smallint not null,
  value    text     not null,
  engineer text     not null references engineer,
  primary key (kind, value)
);

create index engineer_identity_engineer on engineer_identity (engineer);
