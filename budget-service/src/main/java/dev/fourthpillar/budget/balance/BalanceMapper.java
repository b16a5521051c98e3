package dev.fourthpillar.budget.balance;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.ledger.LedgerMapper;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotMapper;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.settled.PendingCause;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.AccountExplanation;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.ExplainBalanceResponse;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetBalanceResponse;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListEntriesResponse;
import dev.fourthpillar.budget.v1.LotBalance;
import dev.fourthpillar.budget.v1.PendingLine;
import dev.fourthpillar.budget.v1.WatchBalanceResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Balances between the contract and the domain. */
final class BalanceMapper {
  private BalanceMapper() {}

  static Times times(GetBalanceRequest request) {
    return new Times(
        request.hasAsOf() ? Optional.of(time(request.getAsOf())) : Optional.empty(),
        request.hasKnownAt() ? Optional.of(time(request.getKnownAt())) : Optional.empty());
  }

  static GetBalanceResponse toProto(List<Balance> balances) {
    return GetBalanceResponse.newBuilder()
        .addAllBalances(balances.stream().map(BalanceMapper::toProto).toList())
        .build();
  }

  static WatchBalanceResponse toWatched(List<Balance> balances) {
    return WatchBalanceResponse.newBuilder()
        .addAllBalances(balances.stream().map(BalanceMapper::toProto).toList())
        .build();
  }

  static ExplainBalanceResponse toProto(BalanceService.Explanation explanation) {
    return ExplainBalanceResponse.newBuilder()
        .addAllAccounts(
            explanation.accounts().stream()
                .map(
                    each ->
                        AccountExplanation.newBuilder()
                            .setBalance(toProto(each.balance()))
                            .addAllEntries(
                                entries(each.entries(), each.balance().account().currency()))
                            .build())
                .toList())
        .addAllPendingLines(explanation.pending().stream().map(BalanceMapper::pending).toList())
        .setPendingLineCount(explanation.pendingCount())
        .build();
  }

  static AccountId account(ListEntriesRequest request) {
    return new AccountId(request.getEngineer(), request.getCurrencyCode());
  }

  static PageRequest page(ListEntriesRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListEntriesResponse toProto(Page<Entry> page, ListEntriesRequest request) {
    return ListEntriesResponse.newBuilder()
        .addAllEntries(entries(page.items(), request.getCurrencyCode()))
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListEntriesRequest request) {
    return PageTokens.of(
        BalanceServiceGrpc.getListEntriesMethod().getFullMethodName(),
        request.getEngineer(),
        request.getCurrencyCode());
  }

  private static List<dev.fourthpillar.budget.v1.LedgerEntry> entries(
      List<Entry> entries, String currency) {
    return entries.stream().map(entry -> LedgerMapper.toProto(entry, currency)).toList();
  }

  private static AccountBalance toProto(Balance balance) {
    String currency = balance.account().currency();
    AccountBalance.Builder proto =
        AccountBalance.newBuilder()
            .setAccount(balance.account().toString())
            .setCurrencyCode(currency)
            .setGranted(MoneyMapper.toProto(currency, balance.sums().granted()))
            .setReduced(MoneyMapper.toProto(currency, balance.sums().reduced()))
            .setSettled(MoneyMapper.toProto(currency, balance.sums().settled()))
            .setExpired(MoneyMapper.toProto(currency, balance.sums().expired()))
            .setAvailable(MoneyMapper.toProto(currency, balance.available()))
            .setOverage(MoneyMapper.toProto(currency, balance.sums().overage()))
            .setUncapped(MoneyMapper.toProto(currency, balance.sums().uncapped()))
            .setUnlimited(balance.uncapped())
            .setEntry(balance.entry())
            .setAsOf(TimestampMapper.toProto(balance.asOf()))
            .setKnownAt(TimestampMapper.toProto(balance.knownAt()));
    balance.held().ifPresent(held -> proto.setHeld(MoneyMapper.toProto(currency, held)));
    balance.lots().forEach(lot -> proto.addLots(lot(lot, currency, balance.asOf())));
    return proto.build();
  }

  private static LotBalance lot(Lot lot, String currency, Instant now) {
    LotBalance.Builder proto =
        LotBalance.newBuilder()
            .setLot(lot.id())
            .setSource(LotMapper.toProto(lot.source()))
            .setGranted(MoneyMapper.toProto(currency, lot.amount()))
            .setHeld(MoneyMapper.toProto(currency, lot.held()))
            .setSettled(MoneyMapper.toProto(currency, lot.settled()))
            .setExpired(MoneyMapper.toProto(currency, lot.expired()))
            .setRolledOver(MoneyMapper.toProto(currency, lot.carry().out()))
            .setAvailable(
                MoneyMapper.toProto(currency, lot.paysAt(Minutes.of(now)) ? lot.free() : 0))
            .setEffectiveTime(TimestampMapper.toProto(Minutes.start(lot.effective())));
    if (lot.expiry() != Minutes.NEVER) {
      proto.setExpireTime(TimestampMapper.toProto(Minutes.start(lot.expiry())));
    }
    return proto.build();
  }

  private static PendingLine pending(dev.fourthpillar.budget.settled.PendingLine line) {
    return PendingLine.newBuilder()
        .setNumber(line.number())
        .setCause(cause(line.cause()))
        .setUsageMinute(TimestampMapper.toProto(line.minute()))
        .setListAmount(MoneyMapper.toProto(line.list()))
        .setRecordTime(TimestampMapper.toProto(line.recordedAt()))
        .build();
  }

  private static dev.fourthpillar.budget.v1.PendingCause cause(PendingCause cause) {
    return switch (cause) {
      case ENGINEER_UNKNOWN ->
          dev.fourthpillar.budget.v1.PendingCause.PENDING_CAUSE_ENGINEER_UNKNOWN;
      case FX_RATE_MISSING -> dev.fourthpillar.budget.v1.PendingCause.PENDING_CAUSE_FX_RATE_MISSING;
      case HOLD_UNKNOWN -> dev.fourthpillar.budget.v1.PendingCause.PENDING_CAUSE_HOLD_UNKNOWN;
    };
  }

  private static Instant time(Timestamp time) {
    return TimestampMapper.fromProto(time);
  }
}
