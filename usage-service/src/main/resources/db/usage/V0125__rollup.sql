-- Sums of unit_value, moved by the same deltas in the same transaction. One row for each meter, and
-- one with an empty meter that counts the calls and takes the money that no meter explains.
-- A quarter of an hour is what every time zone's hours consist of.
create table rollup (
  subject  text           not null,
  quarter  timestamptz    not null,
  -- A fingerprint of what follows: an index entry has less room than the names may need.
  key_high bigint         not null,
  key_low  bigint         not null,
  provider text           not null,
  model    text           not null,
  tool     text           not null,
  project  text           not null,
  agent    text           not null,
  state    text           not null,
  meter    text           not null,
  currency text           not null,
  units    bigint         not null,
  quantity numeric(38, 0) not null,
  list     numeric(38, 0) not null,
  employer numeric(38, 0) not null,
  primary key (subject, quarter, key_high, key_low)
);

create index rollup_quarter on rollup (quarter);
