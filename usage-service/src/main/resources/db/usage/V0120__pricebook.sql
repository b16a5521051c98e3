-- Price books: immutable once there. Of two with the same effective time the one activated last counts.
create table price_book (
  book_id            text           not null primary key,
  currency           char(3)        not null,
  effective_time     timestamptz    not null,
  source             text           not null,
  row_count          integer        not null,
  employer_row_count integer        not null,
  list_json          text           not null,
  employer_json      text,
  needs_confirmation boolean        not null,
  employer_discount  numeric(7, 6),
  activated_at       timestamptz,
  activation         bigint unique,
  created_at         timestamptz    not null,
  check ((activated_at is null) = (activation is null))
);

create sequence price_book_activation;
