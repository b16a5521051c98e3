-- What the employer pays on pay, by country: legal numbers, which are data with a source. A row is
-- never changed: another one for the same rule and day replaces it from when it is recorded.
create table payroll_charge (
  rule_id        text           not null check (rule_id ~ '^[A-Za-z0-9._-]{1,64}$'),
  -- ISO 3166-1 alpha-2.
  country        text           not null check (country ~ '^[A-Z]{2}$'),
  rate_percent   numeric(15, 12) not null check (rate_percent between 0 and 100),
  basis          text           not null check (basis in ('CASH', 'CASH_AND_TAXABLE_BENEFITS')),
  -- The part of the basis that is charged, per year; all of it without one.
  cap_amount     numeric(38, 18) check (cap_amount >= 0),
  cap_currency   text           check (cap_currency ~ '^[A-Z]{3}$'),
  effective_date date           not null,
  end_date       date           check (end_date >= effective_date),
  citation       text           not null check (length(citation) between 1 and 500),
  last_verified  date           not null,
  confidence     text           not null check (confidence in ('LOW', 'MEDIUM', 'HIGH')),
  recorded_at    timestamptz    not null,
  primary key (country, rule_id, effective_date, recorded_at),
  check ((cap_amount is null) = (cap_currency is null))
);

-- The seed: figures of the product's compensation rules, as of 2026. They were known since then.
insert into payroll_charge
  (rule_id, country, rate_percent, basis, cap_amount, cap_currency, effective_date, end_date,
   citation, last_verified, confidence, recorded_at)
values
  ('US.OASDI', 'US', 6.2, 'CASH', 184500, 'USD', '2026-01-01', '2026-12-31',
   'compensation rules, 2: employer cost, US 2026', '2026-11-20', 'MEDIUM', '2026-11-20T00:00:00Z'),
  ('US.MEDICARE', 'US', 1.45, 'CASH', null, null, '2026-01-01', '2026-12-31',
   'compensation rules, 2: employer cost, US 2026', '2026-11-20', 'MEDIUM', '2026-11-20T00:00:00Z'),
  ('US.FUTA', 'US', 0.6, 'CASH', 7000, 'USD', '2026-01-01', '2026-12-31',
   'compensation rules, 2: employer cost, US 2026', '2026-11-20', 'MEDIUM', '2026-11-20T00:00:00Z'),
  ('SE.EMPLOYER_CONTRIBUTIONS', 'SE', 31.42, 'CASH_AND_TAXABLE_BENEFITS', null, null, '2026-01-01',
   null, 'compensation rules, 2: employer cost, Sweden', '2026-11-20', 'MEDIUM',
   '2026-11-20T00:00:00Z');
