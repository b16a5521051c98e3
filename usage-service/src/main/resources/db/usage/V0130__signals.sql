-- Points of metrics are reports as well: which series they are of, when, and what they count.
alter table evidence
  add column series_high      bigint,
  add column series_low       bigint,
  -- Nanoseconds since 1970. The start tells the lives of a series apart; 0 = unknown.
  add column point_start      bigint,
  add column point_time       bigint,
  -- Whether the value counts since the start; else since the interval's.
  add column point_cumulative boolean,
  add column point_kind       text,
  add column point_value      bigint,
  -- Fingerprints of a span and of the span around it, where spans of calls may stand around calls.
  add column span_self        bigint,
  add column span_parent      bigint;

-- The point before and the point after, by time.
create index evidence_series on evidence (series_high, point_start, point_time) where series_high is not null;
create index evidence_span_self on evidence (span_self) where span_self is not null;
create index evidence_span_parent on evidence (span_parent) where span_parent is not null;

-- For the election of signals: besides the counted reports, those that cover what is ranked below them.
create index evidence_group_lower on evidence (hashtextextended(tool || '/' || group_value, 0), event_time)
  where rank between 2 and 4;

alter table unit_value
  -- Whether it is an hour of a group and a model, told by a metric, and not one call.
  add column is_window boolean not null default false,
  -- The best of its signals.
  add column rank      smallint not null default 1;

create index unit_value_window on unit_value (event_time, unit_id) where is_window;
create index unit_value_window_subject on unit_value (subject, event_time) where is_window and subject is not null;
