-- What contradicts something, to be listed: rare, so that these cost next to nothing.
create index evidence_conflict on evidence (unit_id) where ordinal > 0;
create index unit_value_hold_of_another on unit_value (event_time, unit_id)
  where hold_id is not null and flags @> '["HOLD_OF_ANOTHER_ENGINEER"]';
create index rejected_evidence_conflict on rejected_evidence (fingerprint_high, fingerprint_low)
  where reason = 'CONFLICT';

-- What the employer has committed to spend with a provider.
create table commitment (
  commitment_id text        not null primary key,
  provider      text        not null,
  currency      text        not null,
  amount_nanos  bigint      not null check (amount_nanos > 0),
  start_day     date        not null,
  end_day       date        not null check (end_day >= start_day),
  source        text        not null,
  author        text        not null,
  made_at       timestamptz not null
);

-- The calls of a span of time, for pricing anew. Calls come about in the order of their time, so that ranges of
-- pages tell enough, and a new row costs nothing.
create index unit_value_event_time on unit_value
  using brin (event_time) with (pages_per_range = 32, autosummarize = on);
