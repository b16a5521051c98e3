package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.ExactMoney;
import java.util.Map;

/** A component as money over time: exact, in its own currency. */
sealed interface MoneyStream permits PayStream, OneOffStream, EquityStream {

  /** The component's part of a line id, for example {@code EQUITY.grant-1}. */
  String id();

  /** A year of the flat case. */
  Worth annualised();

  /** What belongs to the window. */
  Worth within(Window window);

  /** What makes the years differ from term × annualised, before rounding. Absent means nothing. */
  Map<Difference, ExactMoney> differences();
}
