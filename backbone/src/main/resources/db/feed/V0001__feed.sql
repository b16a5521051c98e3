-- The feed: what this service tells others, in an order that cannot be missed.
-- Writers put events into feed_inbox in the transaction of their change. One sequencer at a time moves
-- committed rows to feed_log and gives them their positions. Readers only ever see feed_log.

-- One row. Its lock is the fence between sequencers: whoever holds it may advance the heads.
create table feed (
  one             boolean     primary key default true check (one),
  epoch           uuid        not null,
  partition_count int         not null check (partition_count between 1 and 1024),
  -- Of the last tick. Never runs backwards, whatever the clock does: readers prune by it.
  sequenced_at    timestamptz not null
);

create table feed_head (
  partition      int    primary key,
  position       bigint not null default 0,
  event_id       uuid,
  -- The newest event that retention dropped: a cursor that stands exactly there can still go on.
  floor_position bigint not null default 0,
  floor_event_id uuid,
  check ((position = 0) = (event_id is null)),
  check ((floor_position = 0) = (floor_event_id is null)),
  check (floor_position <= position)
) with (fillfactor = 50);

-- The identity orders the events of one transaction, and those of one key (its row is locked before
-- the number is drawn). It orders nothing else: a lower number may commit later. With a cache above 1
-- sessions would draw numbers ahead and not even that would hold.
create table feed_inbox (
  id              bigint generated always as identity (cache 1) primary key,
  event_id        uuid        not null,
  type            text        not null,
  key             text        not null,
  key_hash        int         not null,
  owner           text,
  audience        int         not null,
  version         bigint      not null,
  latest_only     boolean     not null,
  must_understand boolean     not null,
  change_id       uuid        not null,
  traceparent     text,
  time            timestamptz not null default transaction_timestamp(),
  payload         bytea       not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_analyze_scale_factor = 1);

-- One table per UTC day of sequenced_at, each with its own primary key (partition, position): a unique
-- key of the parent would have to contain sequenced_at, and then two events could share a position.
create table feed_log (
  partition       int         not null,
  position        bigint      not null,
  sequenced_at    timestamptz not null,
  event_id        uuid        not null,
  type            text        not null,
  key             text        not null,
  owner           text,
  audience        int         not null,
  version         bigint      not null,
  must_understand boolean     not null,
  change_id       uuid        not null,
  traceparent     text,
  time            timestamptz not null,
  payload         bytea       not null
) partition by range (sequenced_at);

-- Creates the tables of today and of the next days, by the UTC calendar whatever the session's zone.
-- Runs with the rights of its owner, so that the service itself needs no DDL rights. Idempotent.
create function feed_prepare_days(days int) returns void
  language plpgsql security definer as $$
declare
  today date := timezone('UTC', now())::date;
  day   date;
  child text;
begin
  perform pg_advisory_xact_lock(hashtext('feed_days'));
  for i in 0 .. days loop
    day := today + i;
    child := 'feed_log_' || to_char(day, 'YYYYMMDD');
    if to_regclass(quote_ident(child)) is null then
      execute format('create table %I (like feed_log, primary key (partition, position))', child);
      execute format(
        'alter table feed_log attach partition %I for values from (%L) to (%L)',
        child, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
  end loop;
end $$;

-- Drops the days that ended before the given time, and never one that ended less than a day ago, after
-- noting in feed_head where each partition's remaining history begins. Returns how many it dropped.
create function feed_drop_before(horizon timestamptz) returns int
  language plpgsql security definer as $$
declare
  child   text;
  dropped int := 0;
begin
  -- One replica at a time; the others have nothing to add.
  if not pg_try_advisory_xact_lock(hashtext('feed_days')) then
    return 0;
  end if;
  for child in
    select c.relname
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'feed_log'::regclass
      and (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC'
          <= least(horizon, now() - interval '1 day')
    order by c.relname
  loop
    -- The log before the heads, as a tick has them: the other way round the two would deadlock.
    lock table feed_log in access exclusive mode;
    execute format(
      'update feed_head h set floor_position = l.position, floor_event_id = l.event_id
       from feed_head each
       cross join lateral (select d.position, d.event_id from %I d
                           where d.partition = each.partition
                           order by d.position desc limit 1) l
       where h.partition = each.partition', child);
    execute format('alter table feed_log detach partition %I', child);
    execute format('drop table %I', child);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;

-- What runs with the owner's rights finds only the owner's tables, and is nobody's by default: grant
-- execute to the service's role where that is not the owner.
do $$
begin
  execute format('alter function feed_prepare_days(int) set search_path = %I, pg_temp', current_schema());
  execute format('alter function feed_drop_before(timestamptz) set search_path = %I, pg_temp', current_schema());
end $$;
revoke execute on function feed_prepare_days(int), feed_drop_before(timestamptz) from public;

-- How far this service has come in the feeds of others. Moves only together with what was made of the
-- events, from the position the mover believed in: the row is what makes an effect happen once.
create table feed_cursor (
  source     text        not null,
  consumer   text        not null,
  partition  int         not null,
  epoch      uuid        not null,
  position   bigint      not null default 0,
  event_id   uuid,
  updated_at timestamptz not null default now(),
  primary key (source, consumer, partition),
  check ((position = 0) = (event_id is null))
) with (fillfactor = 50);

-- The replicas of a consumer that are alive: what a fair share of the partitions is counted by.
create table feed_replica (
  source   text        not null,
  consumer text        not null,
  holder   text        not null,
  until    timestamptz not null,
  primary key (source, consumer, holder)
) with (fillfactor = 50);

-- Who works on which partition. For efficiency only: nothing goes wrong when two believe they do.
create table feed_lease (
  source    text        not null,
  consumer  text        not null,
  partition int         not null,
  holder    text        not null,
  until     timestamptz not null,
  primary key (source, consumer, partition)
) with (fillfactor = 50);
