-- Sums of unit_value, moved by the same deltas in the same transaction. A quarter of an hour is what
-- every time zone's hours consist of.
create table rollup_sum (
  subject    text             not null,
  quarter    timestamptz      not null,
  -- A fingerprint of what follows: an index entry has less room than the names may need.
  key_high   bigint           not null,
  key_low    bigint           not null,
  provider   text             not null,
  model      text             not null,
  tool       text             not null,
  project    text             not null,
  agent      text             not null,
  state      text             not null,
  currency   text             not null,
  units      bigint           not null,
  -- Side by side, each meter once: a row for each would be three times the work of a call. The empty
  -- meter takes the money that no meter explains.
  meters     text[]           not null,
  quantities numeric(38, 0)[] not null,
  lists      numeric(38, 0)[] not null,
  employers  numeric(38, 0)[] not null,
  primary key (subject, quarter, key_high, key_low)
);

create index rollup_sum_quarter on rollup_sum (quarter);

-- As it is read: one row for each meter, and one with an empty meter that counts the calls.
create view rollup as
select s.subject, s.quarter, s.provider, s.model, s.tool, s.project, s.agent, s.state, m.meter,
       s.currency, case when m.meter = '' then s.units else 0 end as units, m.quantity, m.list,
       m.employer
from rollup_sum s
cross join lateral unnest(s.meters, s.quantities, s.lists, s.employers)
  as m (meter, quantity, list, employer);
