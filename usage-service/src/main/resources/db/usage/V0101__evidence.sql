-- Reports of calls, free of content. Of one report every content that it came with is kept.
-- Partitioned by the hours of the reports' own times, so that whole weeks can be dropped.
create table evidence (
  time_bucket   bigint      not null,
  key_high      bigint      not null,
  key_low       bigint      not null,
  -- How many contents of the key were there before.
  ordinal       smallint    not null,
  content_high  bigint      not null,
  content_low   bigint      not null,
  unit_id       bigint      not null,
  signal        text        not null,
  rank          smallint    not null,
  reporter      text        not null,
  tool          text        not null,
  group_value   text        not null,
  aliases       jsonb       not null,
  event_time    timestamptz not null,
  provider      text        not null,
  model         text,
  quantities    jsonb       not null,
  service_tier  text,
  region        text,
  claimed_nanos bigint,
  claims        jsonb       not null,
  hold_engineer text,
  hold_id       text,
  hold_attempt  integer,
  hold_settled  bigint,
  dimensions    jsonb       not null,
  flags         text[]      not null,
  received_at   timestamptz not null,
  primary key (time_bucket, key_high, key_low, ordinal)
) partition by range (time_bucket);

create index evidence_unit on evidence (unit_id);

-- Where broken clocks put their reports until their week has come.
create table evidence_elsewhen partition of evidence default;

-- Makes the weeks around an hour, and drops those that nothing is accepted for any more.
create function evidence_weeks(now_bucket bigint, kept_hours bigint) returns void
language plpgsql as $$
declare
  hours_of_week constant bigint := 168;
  week bigint;
  old record;
begin
  -- One replica at a time.
  perform pg_advisory_xact_lock(hashtextextended('evidence_weeks', 0));
  for week in (now_bucket - kept_hours) / hours_of_week .. now_bucket / hours_of_week + 1 loop
    if to_regclass('evidence_week_' || week) is null then
      execute format('create table %I (like evidence including all)', 'evidence_week_' || week);
      execute format(
        'with moved as (delete from evidence_elsewhen
           where time_bucket >= %s and time_bucket < %s returning *)
         insert into %I select * from moved',
        week * hours_of_week, (week + 1) * hours_of_week, 'evidence_week_' || week);
      execute format(
        'alter table evidence attach partition %I for values from (%s) to (%s)',
        'evidence_week_' || week, week * hours_of_week, (week + 1) * hours_of_week);
    end if;
  end loop;
  for old in
    select c.relname as name, substring(c.relname from 'evidence_week_(\d+)$')::bigint as week
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'evidence'::regclass and c.relname ~ '^evidence_week_\d+$'
  loop
    if (old.week + 1) * hours_of_week <= now_bucket - kept_hours then
      execute format('drop table %I', old.name);
    end if;
  end loop;
  delete from evidence_elsewhen where received_at < now() - make_interval(hours => kept_hours::int);
end
$$;

-- What can never be accepted, once for each fingerprint, with its reason.
create table rejected_evidence (
  fingerprint_high bigint      not null,
  fingerprint_low  bigint      not null,
  reason           text        not null,
  field            text        not null,
  tool             text        not null,
  name             text        not null,
  -- As it said it, in ISO 8601: it may lie in any millennium.
  own_time         text,
  -- What the report said, free of content.
  attributes       jsonb       not null,
  first_received   timestamptz not null,
  last_received    timestamptz not null,
  times            bigint      not null,
  primary key (fingerprint_high, fingerprint_low)
);

create index rejected_evidence_received on rejected_evidence (last_received);
