package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.account.HoldRows;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Holds, to look at. They are written with their accounts alone. */
@Singleton
final class HoldRepository {

  Optional<Hold> find(Handle handle, String engineer, String holdId) {
    return handle
        .createQuery(
            """
            select body from hold
            where engineer = :engineer and hold_id = :id and state <> 'REFUSED'
            """)
        .bind("engineer", engineer)
        .bind("id", holdId)
        .map((row, _) -> HoldRows.read(row.getString("body")))
        .findOne();
  }

  Page<Hold> list(Handle handle, String engineer, Optional<HoldState> state, PageRequest page) {
    List<Hold> rows =
        handle
            .createQuery(
                """
                select body from hold
                where engineer = :engineer and hold_id > :after and state <> 'REFUSED'
                  and (cast(:state as text) is null or state = :state)
                order by hold_id
                limit :rows
                """)
            .bind("engineer", engineer)
            .bind("after", page.after().orElse(""))
            .bind("state", state.map(HoldState::name).orElse(null))
            .bind("rows", page.size() + 1)
            .map((row, _) -> HoldRows.read(row.getString("body")))
            .list();
    return Page.of(rows, page, hold -> hold.terms().holdId());
  }

  OpenHolds open(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*) as open, min(reserved_at) as oldest, min(expires_at) as first_end
            from hold where state = 'HELD'
            """)
        .map(
            (row, _) ->
                new OpenHolds(
                    row.getLong("open"),
                    Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant),
                    Optional.ofNullable(row.getTimestamp("first_end")).map(Timestamp::toInstant)))
        .one();
  }

  /** What ends the holds whose time is over, the oldest first. */
  List<Addressed> due(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            """
            select engineer, hold_id, account from hold
            where state = 'HELD' and expires_at <= :now
            order by expires_at
            limit :limit
            """)
        .bind("now", now)
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Addressed(
                    new AccountId(
                        row.getString("engineer"),
                        row.getString("account")
                            .substring(row.getString("account").lastIndexOf('/') + 1)),
                    new AccountCommand.Expire(row.getString("hold_id"))))
        .list();
  }

  /** Deletes what need not be kept any more, passing over what another replica is deleting. */
  int deleteOld(Handle handle, Instant now, int limit) {
    return handle
        .createUpdate(
            """
            delete from hold
            where ctid = any (array(
              select ctid from hold
              where delete_at <= :now
              order by delete_at
              limit :limit
              for update skip locked))
            """)
        .bind("now", now)
        .bind("limit", limit)
        .execute();
  }
}
