-- What other services have told, as far as this one needs it. Each table is written by the consumer of
-- its events, in the transaction that moves the cursor.

-- The person as comp-service described it last.
create table person (
  engineer   text        primary key,
  version    bigint      not null,
  team       text        not null,
  country    char(2)     not null,
  time_zone  text        not null,
  currency   char(3)     not null,
  start_date date        not null,
  last_day   date
);

-- Which country and currency counted since when: a charge is judged at the time of its call.
create table person_since (
  engineer text        not null,
  since    timestamptz not null,
  country  char(2)     not null,
  currency char(3)     not null,
  primary key (engineer, since)
);

-- What the person is entitled to: the event itself, which is whole and replaces the one before. It may
-- come before the person does.
create table entitlement (
  engineer text   primary key,
  version  bigint not null,
  timeline bytea  not null
);

-- Quotes. One that corrects another has a higher version; both stay, because movements name them.
create table fx_rate (
  source_currency char(3) not null,
  target_currency char(3) not null,
  day             date    not null,
  version         bigint  not null,
  fx_rate_id      text    not null,
  rate            numeric not null check (rate > 0),
  primary key (source_currency, target_currency, day, version)
);

-- Price books as they arrive: chunks of rows, then the word that the book takes effect. It counts when
-- all are there.
create table price_book (
  book_id           text        primary key,
  currency          char(3)     not null,
  effective_time    timestamptz not null,
  chunk_count       int         not null check (chunk_count >= 1),
  employer_discount numeric     not null check (employer_discount between 0 and 1),
  -- When usage-service activated it: of two books with the same effective time the later one counts.
  activated_at      timestamptz not null
);
create table price_book_chunk (
  book_id       text  not null,
  chunk         int   not null check (chunk >= 1),
  list_json     text  not null,
  employer_json text  not null,
  primary key (book_id, chunk)
);

create table gate_change (
  country char(2)     not null,
  version bigint      not null,
  since   timestamptz not null,
  open    boolean     not null,
  primary key (country, version)
);
