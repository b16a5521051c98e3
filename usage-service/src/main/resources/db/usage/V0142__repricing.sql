-- Re-pricings, and how far each is. What they changed is in settlement, with cause REPRICED.
create table repricing (
  repricing_id      text           not null primary key,
  start_time        timestamptz    not null,
  end_time          timestamptz    not null,
  reason            text           not null,
  author            text           not null,
  created_at        timestamptz    not null,
  state             text           not null
    check (state in ('APPLYING', 'APPLIED', 'REVERTING', 'REVERTED')),
  -- The last unit that was looked at, and the last one that is to be.
  at_unit           bigint         not null,
  last_unit         bigint         not null,
  changed           bigint         not null,
  no_longer_priced  bigint         not null,
  currency          text,
  list_change       numeric(38, 0) not null,
  employer_change   numeric(38, 0) not null
);

create index repricing_under_way on repricing (created_at) where state in ('APPLYING', 'REVERTING');

-- What it moved, from which book to which, to take it back.
create table repriced_unit (
  repricing_id text   not null,
  unit_id      bigint not null,
  book_before  text   not null,
  book_after   text   not null,
  primary key (repricing_id, unit_id)
);
