-- The rows of a country with the same day of effect and time of record are one set, which counts as a
-- whole: a rule that a later set does not name no longer applies.
alter table payroll_charge
  -- Whether what vests of shares and virtual shares is a part of the basis.
  add column includes_vests boolean not null default false;

create index payroll_charge_set on payroll_charge (country, effective_date desc, recorded_at desc);

-- The rate is not one of 2026: it has applied since 2009.
insert into payroll_charge
  (rule_id, country, rate_percent, basis, cap_amount, cap_currency, effective_date, end_date,
   citation, last_verified, confidence, recorded_at)
values
  ('SE.EMPLOYER_CONTRIBUTIONS', 'SE', 31.42, 'CASH_AND_TAXABLE_BENEFITS', null, null, '2009-01-01',
   null, 'socialavgiftslagen (2000:980), 2 kap., since 2009; compensation rules, 2: employer cost',
   '2026-11-20', 'MEDIUM',
   '2026-11-21T00:00:00Z');
