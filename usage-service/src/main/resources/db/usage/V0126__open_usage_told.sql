-- What the daily events have told of, each once: usage of a day that was nobody's, or had no price.
create table open_usage_told (
  day     date        not null,
  state   text        not null,
  -- Of the tool, the provider and the model: an index entry has less room than the names may need.
  key     text        not null,
  told_at timestamptz not null,
  primary key (day, state, key)
);

-- What is open is a small part of all sums.
create index rollup_sum_open on rollup_sum (state, quarter) where state in ('UNATTRIBUTED', 'UNPRICED');
