package dev.fourthpillar.cli.demo;

import com.google.type.Date;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.RatioFigure;
import dev.fourthpillar.comp.v1.RenderStatementRequest;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.comp.v1.TokenLenses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What every package is worth, tokens beside pay under the name of each lens. */
final class StatementsChapter implements Chapter {
  private static final int MINOR_DIGITS = 2;

  @Override
  public String title() {
    return "The statements: pay, and tokens beside it under five lenses (comp-service)";
  }

  @Override
  public void play(Scene scene) {
    var comp =
        scene
            .api()
            .of(SuiteService.COMP, CompensationServiceGrpc::newBlockingStub, scene.api().hr());
    Table worth =
        new Table(
            "engineer",
            ">classic total",
            ">tokens, FACE",
            ">CONSUMED",
            ">EMPLOYER_COST",
            ">REALIZABLE",
            ">PORTABLE");
    Table relations =
        new Table(
            "engineer",
            ">share",
            ">ratio to base",
            ">consumed to base",
            "consumption against base");
    for (Employee employee : scene.employees()) {
      Statement statement = awaitStatement(scene, comp, employee);
      Path page = render(scene, comp, employee);
      scene.findings().statement(employee.id(), statement, page);
      TokenLenses lenses = statement.getLenses();
      worth.row(
          employee.id(),
          Monies.print(statement.getAnnualised().getClassicTc().getAmount()),
          print(lenses.getFace()),
          print(lenses.getConsumed()),
          print(lenses.getEmployerCost()),
          print(lenses.getRealizable()),
          print(lenses.getPortable()));
      relations.row(
          employee.id(),
          percent(statement.getMetrics().getTokenSharePercent()),
          percent(statement.getMetrics().getTokenRatioPercent()),
          percent(statement.getMetrics().getConsumedRatioPercent()),
          LedgerChapter.name(statement.getComputeVersusSalary().name(), "COMPUTE_VERSUS_SALARY_"));
    }
    scene.narrator().show(worth);
    scene.narrator().say("");
    scene.narrator().show(relations);
    scene
        .narrator()
        .say(
            "The classic total is cash and equity. Tokens are no pay; share and ratio say how large they are beside it.");
    scene.narrator().say("As pages: " + scene.options().statements().toAbsolutePath());
  }

  /** comp-service hears of charges as everybody else does: until its sum is the ledger's. */
  private static Statement awaitStatement(
      Scene scene, Api.Caller<CompensationServiceBlockingStub> comp, Employee employee) {
    AccountBalance balance = new Balances(scene.api()).of(employee.id());
    BigDecimal charged =
        Monies.exact(balance.getSettled())
            .add(Monies.exact(balance.getOverage()))
            .setScale(MINOR_DIGITS, RoundingMode.HALF_UP);
    return scene
        .await()
        .until(
            "the statement of " + employee.id(),
            () ->
                Optional.of(statement(scene, comp, employee))
                    .filter(s -> s.getLenses().getConsumed().hasLine())
                    .filter(
                        s ->
                            Monies.exact(s.getLenses().getConsumed().getLine().getAmount())
                                    .compareTo(charged)
                                == 0),
            () ->
                "consumed %s of %s"
                    .formatted(
                        print(statement(scene, comp, employee).getLenses().getConsumed()),
                        charged));
  }

  private static Statement statement(
      Scene scene, Api.Caller<CompensationServiceBlockingStub> comp, Employee employee) {
    return comp.call(
            stub ->
                stub.getStatement(
                    GetStatementRequest.newBuilder()
                        .setEngineer(employee.id())
                        .setAsOfDate(day(scene))
                        .build()))
        .getStatement();
  }

  private static Path render(
      Scene scene, Api.Caller<CompensationServiceBlockingStub> comp, Employee employee) {
    String html =
        comp.call(
                stub ->
                    stub.renderStatement(
                        RenderStatementRequest.newBuilder()
                            .setEngineer(employee.id())
                            .setAsOfDate(day(scene))
                            .build()))
            .getHtml();
    try {
      Path directory = Files.createDirectories(scene.options().statements());
      return Files.writeString(directory.resolve(employee.id() + ".html"), html);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Date day(Scene scene) {
    return DateMapper.toProto(scene.calendar().today());
  }

  static String print(Figure figure) {
    return switch (figure.getFigureCase()) {
      case LINE -> Monies.print(figure.getLine().getAmount());
      case ABSENT_REASON -> "–";
      case REVIEW_REASON -> "needs review";
      case FIGURE_NOT_SET -> "";
    };
  }

  private static String percent(RatioFigure ratio) {
    return ratio.hasValue() ? ratio.getValue().getValue() + " %" : "–";
  }
}
