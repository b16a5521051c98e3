-- What a unit is worth, and to whom. Written under the lock of the unit's row.
create table unit_value (
  unit_id           bigint      not null primary key,
  state             text        not null,
  revision          bigint      not null,
  event_time        timestamptz not null,
  -- Who is shown: the engineer, or a pseudonym; null = nobody known.
  subject           text,
  -- Who is charged; differs from the subject where a hold paid and the gate is closed.
  payer             text,
  pseudonymous      boolean     not null,
  provider          text        not null,
  model             text        not null,
  reported_model    text        not null,
  resolution        text        not null,
  tool              text        not null,
  project           text        not null,
  agent             text        not null,
  agent_id          text        not null,
  parent_agent      text        not null,
  sub_agent         boolean     not null,
  session           text        not null,
  turn              text        not null,
  tags              jsonb       not null,
  -- By meter: quantity, list nanos, employer nanos.
  meters            jsonb       not null,
  currency          text,
  list_nanos        bigint      not null,
  employer_nanos    bigint      not null,
  hold_id           text,
  attempt           integer,
  booked_list       bigint      not null,
  booked_employer   bigint      not null,
  booked_quantities jsonb       not null,
  flags             jsonb       not null,
  claims            jsonb       not null,
  -- Of a unit of which only lower signals speak: its group, until a counted one covers it. Else null.
  stand_in_group    bigint,
  first_received    timestamptz not null
);

create index unit_value_subject on unit_value (subject, event_time desc, unit_id desc) where subject is not null;
create index unit_value_session on unit_value (subject, session) where subject is not null and session <> '';
create index unit_value_open on unit_value (state, unit_id) where state in ('UNATTRIBUTED', 'UNPRICED', 'WAITING');
create index unit_value_claims on unit_value using gin (claims jsonb_path_ops);
create index unit_value_hold on unit_value (payer, hold_id) where hold_id is not null;

-- For the election of signals within a group: the counted reports, and what stood in for them.
create index evidence_group on evidence (hashtextextended(tool || '/' || group_value, 0), event_time)
  where rank = 1;

create index unit_value_stand_in on unit_value (stand_in_group, event_time) where stand_in_group is not null;

-- Units to look at again, not before a time. Only ever added to and taken from, so nobody waits for it.
create table unit_due (
  id      bigint generated always as identity primary key,
  due_at  timestamptz not null,
  unit_id bigint      not null
);

create index unit_due_due_at on unit_due (due_at);

-- What changed in what is charged: the truth behind UsageSettled. Rows are numbered once.
create table settlement (
  id             bigint generated always as identity primary key,
  partition      smallint    not null,
  engineer       text        not null,
  pseudonymous   boolean     not null,
  unit_id        bigint      not null,
  revision       bigint      not null,
  cause          text        not null,
  usage_minute   timestamptz not null,
  provider       text        not null,
  model          text        not null,
  project        text        not null,
  tool           text        not null,
  agent          text        not null,
  tags           jsonb       not null,
  quantities     jsonb       not null,
  currency       text        not null,
  list_nanos     bigint      not null,
  employer_nanos bigint      not null,
  hold_id        text,
  attempt        integer,
  settled_at     timestamptz not null,
  -- The line that told of it; null = not told yet.
  line_number    bigint
);

create index settlement_untold on settlement (partition, engineer, id) where line_number is null;
create index settlement_unit on settlement (unit_id);

-- The last line of each engineer or pseudonym.
create table settlement_head (
  engineer    text   not null primary key,
  last_number bigint not null
);

-- Reports that name a hold, to find them when the hold ends.
create index evidence_hold on evidence (hold_engineer, hold_id) where hold_id is not null;
