-- Limits without money of their own, for all calls that meet their conditions; an empty condition is met by all.
create table cap (
  cap         text collate "C" primary key,
  limit_nanos numeric(38)      not null check (limit_nanos >= 0),
  currency    char(3)          not null,
  length      text             not null check (length in ('DAY', 'WEEK', 'MONTH', 'YEAR', 'TOTAL')),
  time_zone   text             not null,
  model       text             not null,
  tool        text             not null,
  project     text             not null,
  named_only  boolean          not null,
  disabled    boolean          not null,
  -- Usage made earlier does not count.
  since       timestamptz      not null,
  author      text             not null,
  changed_at  timestamptz      not null
);

-- Another number after each change, so that replicas see that they have to read the caps again.
create table cap_revision (
  one      boolean primary key default true check (one),
  revision bigint not null
);
insert into cap_revision (revision) values (0);

-- What counts in a window of a cap. Locked after accounts, in the order of the key. A cap that has one window
-- alone has it at minute 0.
create table cap_window (
  cap           text collate "C" not null references cap,
  start_minute  bigint           not null,
  held_nanos    numeric(38)      not null,
  settled_nanos numeric(38)      not null,
  primary key (cap, start_minute)
) with (fillfactor = 50);
