-- Runs with the rights of its owner, like the days of the feed, so that the role that serves needs no DDL
-- rights. Grant execute to that role where it is not the owner; the command migrate does.
do $$
begin
  execute format(
    'alter function evidence_weeks(bigint, bigint) security definer set search_path = %I, pg_temp',
    current_schema());
end $$;
revoke execute on function evidence_weeks(bigint, bigint) from public;
