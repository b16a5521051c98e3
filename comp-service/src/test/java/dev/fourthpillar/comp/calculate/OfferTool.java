package dev.fourthpillar.comp.calculate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.comp.v1.BuildVestTableRequest;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CalculatePackageResponse;
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import dev.fourthpillar.comp.v1.CompareOffersResponse;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
import dev.fourthpillar.comp.v1.ExplainedLine;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.ProjectYearsRequest;
import dev.fourthpillar.comp.v1.ProjectedYear;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.comp.v1.StatementLine;
import dev.fourthpillar.comp.v1.ValueTokensRequest;
import dev.fourthpillar.comp.v1.ValueTokensResponse;
import dev.fourthpillar.comp.v1.VestTranche;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import java.math.BigDecimal;
import java.util.List;

/** A comp service and the tool of HR that has it calculate offers. */
record OfferTool(TestService service, CompensationServiceBlockingStub compensation)
    implements AutoCloseable {

  static OfferTool start(TestDatabase database) {
    TestService service = TestService.start(database);
    return new OfferTool(
        service,
        service.stub(CompensationServiceGrpc::newBlockingStub, service.as("offer-tool", Role.HR)));
  }

  Statement calculate(String request) {
    return calculated(request).getStatement();
  }

  CalculatePackageResponse calculated(String request) {
    return compensation.calculatePackage(
        parsed(request, CalculatePackageRequest.newBuilder()).build());
  }

  List<VestTranche> vest(String request) {
    return compensation
        .buildVestTable(parsed(request, BuildVestTableRequest.newBuilder()).build())
        .getTranchesList();
  }

  CompareOffersResponse compare(String request) {
    return compensation.compareOffers(parsed(request, CompareOffersRequest.newBuilder()).build());
  }

  List<ProjectedYear> years(String request) {
    return compensation
        .projectYears(parsed(request, ProjectYearsRequest.newBuilder()).build())
        .getYearsList();
  }

  ValueTokensResponse tokens(String request) {
    return compensation.valueTokens(parsed(request, ValueTokensRequest.newBuilder()).build());
  }

  ExplainedLine explain(String request) {
    return compensation
        .explainLine(parsed(request, ExplainLineRequest.newBuilder()).build())
        .getLine();
  }

  /** The amount of a figure that is known. */
  static String cents(Figure figure) {
    assertThat(figure.hasLine()).as(figure.toString()).isTrue();
    return cents(figure.getLine());
  }

  static String cents(StatementLine line) {
    return cents(line.getAmount());
  }

  /** With two decimals, which the amount must not exceed. */
  static String cents(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), 9))
        .setScale(2)
        .toPlainString();
  }

  /** A request in the text format. */
  static <B extends Message.Builder> B parsed(String text, B builder) {
    try {
      TextFormat.merge(text, builder);
      return builder;
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
