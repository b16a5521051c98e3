package dev.fourthpillar.usage.unmatched;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.unmatched.UnmatchedRule.Subject;
import dev.fourthpillar.usage.v1.DecideUnmatchedRequest;
import dev.fourthpillar.usage.v1.DecideUnmatchedResponse;
import dev.fourthpillar.usage.v1.ListUnmatchedPoliciesRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedPoliciesResponse;
import dev.fourthpillar.usage.v1.ListUnmatchedRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyRequest;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyResponse;
import dev.fourthpillar.usage.v1.UnmatchedUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What finds no hold, between the contract and the domain. */
final class ReconciliationMapper {
  static final AnswerCodec<UnmatchedRule> RULE_CODEC =
      new AnswerCodec<>(
          rule -> toProto(rule).toByteArray(),
          bytes -> {
            try {
              return fromProto(dev.fourthpillar.usage.v1.UnmatchedRule.parseFrom(bytes));
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no policy", e);
            }
          });

  static final AnswerCodec<Integer> COUNT_CODEC =
      new AnswerCodec<>(
          count -> decided(count).toByteArray(),
          bytes -> {
            try {
              return DecideUnmatchedResponse.parseFrom(bytes).getDecidedCount();
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException("a kept answer is no count", e);
            }
          });

  private static final String POLICY = "UNMATCHED_POLICY_";
  private static final String DECISION = "UNMATCHED_DECISION_";

  private ReconciliationMapper() {}

  static UnmatchedRule fromProto(SetUnmatchedPolicyRequest request, Caller author) {
    Optional<String> engineer = text(request.getEngineer());
    Optional<String> credential = text(request.getCredential());
    if (engineer.isPresent() == credential.isPresent()) {
      throw Failure.invalidField(
              "engineer", "must be set or credential must be, and not both", "one_subject")
          .asException();
    }
    return new UnmatchedRule(
        engineer
            .map(Subject::engineer)
            .orElseGet(() -> Subject.credential(credential.orElseThrow())),
        request.getTool(),
        policy(request.getPolicy()),
        request.hasEffectiveTime()
            ? TimestampMapper.fromProto(request.getEffectiveTime())
            : Instant.EPOCH,
        author.subject());
  }

  private static Optional<UnmatchedPolicy> policy(
      dev.fourthpillar.usage.v1.UnmatchedPolicy policy) {
    return switch (policy) {
      case UNMATCHED_POLICY_CHARGE_NOW -> Optional.of(UnmatchedPolicy.CHARGE_NOW);
      case UNMATCHED_POLICY_WAIT_THEN_CHARGE -> Optional.of(UnmatchedPolicy.WAIT_THEN_CHARGE);
      case UNMATCHED_POLICY_WAIT_THEN_REVIEW -> Optional.of(UnmatchedPolicy.WAIT_THEN_REVIEW);
      case UNMATCHED_POLICY_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static SetUnmatchedPolicyResponse toResponse(UnmatchedRule rule) {
    return SetUnmatchedPolicyResponse.newBuilder().setRule(toProto(rule)).build();
  }

  private static dev.fourthpillar.usage.v1.UnmatchedRule toProto(UnmatchedRule rule) {
    var message =
        dev.fourthpillar.usage.v1.UnmatchedRule.newBuilder()
            .setTool(rule.tool())
            .setAuthor(rule.author())
            .setPolicy(
                rule.policy()
                    .map(p -> dev.fourthpillar.usage.v1.UnmatchedPolicy.valueOf(POLICY + p.name()))
                    .orElse(
                        dev.fourthpillar.usage.v1.UnmatchedPolicy.UNMATCHED_POLICY_UNSPECIFIED));
    switch (rule.subject().kind()) {
      case ENGINEER -> message.setEngineer(rule.subject().id());
      case CREDENTIAL -> message.setCredential(rule.subject().id());
    }
    if (rule.since().isAfter(Instant.EPOCH)) {
      message.setEffectiveTime(TimestampMapper.toProto(rule.since()));
    }
    return message.build();
  }

  private static UnmatchedRule fromProto(dev.fourthpillar.usage.v1.UnmatchedRule message) {
    return new UnmatchedRule(
        message.getEngineer().isEmpty()
            ? Subject.credential(message.getCredential())
            : Subject.engineer(message.getEngineer()),
        message.getTool(),
        policy(message.getPolicy()),
        message.hasEffectiveTime()
            ? TimestampMapper.fromProto(message.getEffectiveTime())
            : Instant.EPOCH,
        message.getAuthor());
  }

  static PageRequest page(ListUnmatchedPoliciesRequest request) {
    return ruleTokens().read(request.getPageSize(), request.getPageToken());
  }

  static ListUnmatchedPoliciesResponse toRules(Page<UnmatchedRuleRepository.Listed> page) {
    return ListUnmatchedPoliciesResponse.newBuilder()
        .addAllRules(page.items().stream().map(listed -> toProto(listed.rule())).toList())
        .setNextPageToken(ruleTokens().next(page))
        .build();
  }

  private static PageTokens ruleTokens() {
    return PageTokens.of(
        ReconciliationServiceGrpc.getListUnmatchedPoliciesMethod().getFullMethodName());
  }

  static PageRequest page(ListUnmatchedRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListUnmatchedResponse toProto(
      Page<UnmatchedUsageRepository.Waiting> page, ListUnmatchedRequest request) {
    return ListUnmatchedResponse.newBuilder()
        .addAllUsages(page.items().stream().map(ReconciliationMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListUnmatchedRequest request) {
    return PageTokens.of(
        ReconciliationServiceGrpc.getListUnmatchedMethod().getFullMethodName(),
        request.getEngineer(),
        request.getTool());
  }

  private static UnmatchedUsage toProto(UnmatchedUsageRepository.Waiting waiting) {
    UnmatchedUsage.Builder message =
        UnmatchedUsage.newBuilder()
            .setUnitId(Long.toString(waiting.unit()))
            .setEngineer(waiting.subject().orElse(""))
            .setTool(waiting.tool())
            .setUsageTime(TimestampMapper.toProto(waiting.eventTime()))
            .setProvider(waiting.provider())
            .setModel(waiting.model());
    waiting
        .quantities()
        .forEach(
            (meter, count) ->
                message.addQuantities(
                    MeterQuantity.newBuilder().setMeter(meter).setQuantity(count)));
    waiting
        .currency()
        .ifPresent(
            currency ->
                message.setListAmount(
                    MoneyMapper.toProto(new Amount(currency, waiting.listNanos()))));
    return message.build();
  }

  static UnmatchedService.Choice choice(DecideUnmatchedRequest request) {
    if (request.getUnitIdsList().isEmpty() != request.hasFilter()) {
      throw Failure.invalidField(
              "unit_ids", "must be set or filter must be, and not both", "one_choice")
          .asException();
    }
    List<Long> named = request.getUnitIdsList().stream().map(ReconciliationMapper::unit).toList();
    return new UnmatchedService.Choice(
        named,
        text(request.getFilter().getEngineer()),
        text(request.getFilter().getTool()),
        request.getFilter().hasEndTime()
            ? Optional.of(TimestampMapper.fromProto(request.getFilter().getEndTime()))
            : Optional.empty());
  }

  private static long unit(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException _) {
      throw Failure.invalidField("unit_ids", id + " (expected: the id of a call)", "unit_id")
          .asException();
    }
  }

  static Review review(DecideUnmatchedRequest request) {
    return Review.valueOf(request.getDecision().name().substring(DECISION.length()));
  }

  static DecideUnmatchedResponse decided(int count) {
    return DecideUnmatchedResponse.newBuilder().setDecidedCount(count).build();
  }

  static Optional<String> text(String value) {
    return value.isBlank() ? Optional.empty() : Optional.of(value);
  }
}
