package dev.fourthpillar.cli;

import com.google.type.Money;
import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.CapWindow;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.cli.budget.CapText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp cap put CAP AMOUNT --per WINDOW}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a cap, or gives one another amount. What it counts cannot be changed, and is said",
      "again each time. Without --model, --tool and --project it counts all calls."
    })
final class CapPutCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "CAP",
      description = "An id of your choice: a-z, 0-9 and -.")
  private String cap = "";

  @Parameters(
      index = "1",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description = "At most so much in a window, for example '50 USD'.")
  private Money amount = Money.getDefaultInstance();

  @Option(
      names = "--per",
      required = true,
      paramLabel = "WINDOW",
      description = "How long a window is: ${COMPLETION-CANDIDATES}.")
  private CapWindowName window = CapWindowName.TOTAL;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Where windows begin, for example Europe/Stockholm. Default: UTC.")
  private String zone = "";

  @Option(
      names = "--model",
      paramLabel = "PROVIDER/MODEL",
      description = "Only calls of this model.")
  private String model = "";

  @Option(names = "--tool", paramLabel = "TOOL", description = "Only calls of this tool.")
  private String tool = "";

  @Option(names = "--project", paramLabel = "PROJECT", description = "Only calls for this project.")
  private String project = "";

  @Option(names = "--named-only", description = "Only calls that name it.")
  private boolean namedOnly;

  @Option(names = "--disabled", description = "It refuses nothing for now, and goes on counting.")
  private boolean disabled;

  @Mixin private RequestOption change = new RequestOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        PutCapRequest.newBuilder()
            .setRequestId(change.id())
            .setCap(
                Cap.newBuilder()
                    .setCap(cap)
                    .setAmount(amount)
                    .setWindow(CapWindow.valueOf("CAP_WINDOW_" + window))
                    .setTimeZone(zone)
                    .setModel(model)
                    .setTool(tool)
                    .setProject(project)
                    .setNamedOnly(namedOnly)
                    .setDisabled(disabled))
            .build();
    return output.print(CapText.put(budget.funding(service -> service.putCap(request).getCap())));
  }
}
