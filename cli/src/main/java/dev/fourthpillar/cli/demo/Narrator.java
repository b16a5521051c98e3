package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.table.Table;
import java.io.PrintWriter;

/** Tells the story on a terminal. */
final class Narrator {
  private final PrintWriter out;
  private int chapter;

  Narrator(PrintWriter out) {
    this.out = out;
  }

  void chapter(String title) {
    chapter++;
    out.printf("%n%d. %s%n%n", chapter, title);
    out.flush();
  }

  void say(String text) {
    out.println("   " + text);
    out.flush();
  }

  void show(Table table) {
    table.toString().lines().forEach(line -> out.println("   " + line));
    out.flush();
  }
}
