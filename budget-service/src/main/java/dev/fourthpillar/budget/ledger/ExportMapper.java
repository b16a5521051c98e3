package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.v1.ExportLedgerRequest;
import dev.fourthpillar.budget.v1.ExportLedgerResponse;
import dev.fourthpillar.budget.v1.ExportedEntry;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Exports between the contract and the domain. */
final class ExportMapper {
  private static final PageTokens TOKENS =
      PageTokens.of(LedgerServiceGrpc.getExportLedgerMethod().getFullMethodName());

  private ExportMapper() {}

  static Optional<Instant> asOf(ExportLedgerRequest request) {
    return request.hasAsOf()
        ? Optional.of(TimestampMapper.fromProto(request.getAsOf()))
        : Optional.empty();
  }

  /** Where it goes on; empty at the beginning. */
  static Optional<ExportPlace> place(ExportLedgerRequest request) {
    Optional<String> key = TOKENS.read(0, request.getResumeToken()).after();
    if (key.isPresent() && request.hasAsOf()) {
      throw Failure.invalidField(
              "as_of", "must not be set with resume_token, which has one", "export.as_of")
          .asException();
    }
    return key.map(
        text -> {
          String[] parts = text.split(" ", 3);
          return new ExportPlace(Instant.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
        });
  }

  static ExportLedgerResponse toProto(ExportService.Part part) {
    ExportPlace place = part.place();
    String key = "%s %d %s".formatted(place.asOf(), place.number(), place.account());
    return ExportLedgerResponse.newBuilder()
        .addAllEntries(part.entries().stream().map(ExportMapper::toProto).toList())
        .setResumeToken(TOKENS.next(new Page<>(List.of(), Optional.of(key))))
        .setAsOf(TimestampMapper.toProto(place.asOf()))
        .build();
  }

  private static ExportedEntry toProto(Entry entry) {
    String account = entry.account();
    return ExportedEntry.newBuilder()
        .setAccount(account)
        .setBooked(LedgerMapper.toBooked(entry, account.substring(account.lastIndexOf('/') + 1)))
        .build();
  }
}
