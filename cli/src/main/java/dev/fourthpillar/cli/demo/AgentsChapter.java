package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.usage.v1.AgentNode;
import dev.fourthpillar.usage.v1.GetAgentTreeRequest;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;

/** What Noor's agents and their sub-agents cost in one night. */
final class AgentsChapter implements Chapter {
  @Override
  public String title() {
    return "One night of Noor's agents, from the session down to the sub-agents";
  }

  @Override
  public void play(Scene scene) {
    AgentNode root =
        scene
            .api()
            .of(
                SuiteService.USAGE,
                UsageQueryServiceGrpc::newBlockingStub,
                scene.api().engineer(Company.NOOR))
            .call(
                stub ->
                    stub.getAgentTree(
                        GetAgentTreeRequest.newBuilder()
                            .setEngineer(Company.NOOR)
                            .setSession(Workload.session(0))
                            .build()))
            .getRoot();
    scene.findings().night(root);
    Table table = new Table("", "kind", ">calls", ">at list", ">employer's cost");
    add(table, root, 0);
    scene.narrator().show(table);
  }

  private static void add(Table table, AgentNode node, int depth) {
    table.row(
        "  ".repeat(depth) + (node.getName().isEmpty() ? "(no name)" : node.getName()),
        LedgerChapter.name(node.getKind().name(), "AGENT_NODE_KIND_"),
        node.getUnitCount(),
        Monies.print(node.getListAmount()),
        Monies.print(node.getEmployerAmount()));
    node.getChildrenList().forEach(child -> add(table, child, depth + 1));
  }
}
