-- Holds as budget-service has booked them: of each the highest settlement sequence.
create table booked_hold (
  engineer            text        not null,
  hold_id             text        not null,
  settlement_sequence bigint      not null,
  outcome             text        not null,
  payer_kind          text        not null,
  reserve_time        timestamptz not null,
  end_time            timestamptz not null,
  primary key (engineer, hold_id)
);

create index booked_hold_reserve_time on booked_hold (engineer, reserve_time);

-- What it booked for each model call under it.
create table booked_attempt (
  engineer       text    not null,
  hold_id        text    not null,
  attempt        integer not null,
  currency       text    not null,
  list_nanos     bigint  not null,
  employer_nanos bigint  not null,
  quantities     jsonb   not null,
  primary key (engineer, hold_id, attempt),
  foreign key (engineer, hold_id) references booked_hold
);
