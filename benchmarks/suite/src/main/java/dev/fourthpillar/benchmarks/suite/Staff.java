package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.Base;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PackageServiceGrpc.PackageServiceBlockingStub;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc.PeopleServiceBlockingStub;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import dev.fourthpillar.comp.v1.TokenBudget;
import dev.fourthpillar.comp.v1.Treatment;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** Engineers with budgets that no benchmark uses up. */
final class Staff {
  private static final int CALLERS = 8;
  private static final Duration GRANTED_WITHIN = Duration.ofMinutes(3);
  private static final long BUDGET = 100_000_000;

  private final int size;

  private Staff(int size) {
    this.size = size;
  }

  /** Records them in comp-service, and returns when budget-service has granted all budgets. */
  static Staff hire(Suite suite, int size) {
    Staff staff = new Staff(size);
    PeopleServiceBlockingStub people =
        PeopleServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(suite.tokens().as("bench-hr", Role.HR));
    PackageServiceBlockingStub packages =
        PackageServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(suite.tokens().as("bench-hr", Role.HR));
    LocalDate firstDay = LocalDate.now(ZoneOffset.UTC).withDayOfYear(1);
    Load.onThreads(
        CALLERS,
        caller -> {
          for (int i = caller; i < size; i += CALLERS) {
            people.putEngineer(engineer(staff.id(i), firstDay));
            packages.putPackage(budget(staff.id(i), firstDay));
          }
        });
    staff.awaitBudgets(suite);
    return staff;
  }

  String id(int number) {
    return "bench-%05d".formatted(number % size);
  }

  int size() {
    return size;
  }

  private static PutEngineerRequest engineer(String id, LocalDate firstDay) {
    return PutEngineerRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setEngineer(
            Engineer.newBuilder()
                .setEngineer(id)
                .setTeam("bench")
                .setCountry("US")
                .setTimeZone("America/New_York")
                .setCurrencyCode("USD")
                .setStartDate(DateMapper.toProto(firstDay)))
        .build();
  }

  private static PutPackageRequest budget(String id, LocalDate firstDay) {
    return PutPackageRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setEngineer(id)
        .setEffectiveDate(DateMapper.toProto(firstDay))
        .setPackage(
            CompensationPackage.newBuilder()
                .setStartDate(DateMapper.toProto(firstDay))
                .setTermYears(1)
                .setBase(Base.newBuilder().setAmount(usd(1)))
                .setTokens(
                    TokenBudget.newBuilder()
                        .setTreatment(Treatment.TREATMENT_TOOL)
                        .setAmount(usd(BUDGET))))
        .build();
  }

  private static Money usd(long units) {
    return Money.newBuilder().setCurrencyCode("USD").setUnits(units).build();
  }

  private void awaitBudgets(Suite suite) {
    BalanceServiceBlockingStub balances =
        BalanceServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-finance", Role.FINANCE));
    long end = System.nanoTime() + GRANTED_WITHIN.toNanos();
    for (int i = 0; i < size; i++) {
      while (!granted(balances, id(i))) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("no budget for " + id(i) + " within " + GRANTED_WITHIN);
        }
        pause();
      }
    }
  }

  private static boolean granted(BalanceServiceBlockingStub balances, String engineer) {
    try {
      return balances
          .getBalance(GetBalanceRequest.newBuilder().setEngineer(engineer).build())
          .getBalancesList()
          .stream()
          .anyMatch(balance -> balance.getGranted().getUnits() > 0);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
