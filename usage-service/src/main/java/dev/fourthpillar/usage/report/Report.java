package dev.fourthpillar.usage.report;

import java.util.List;

/**
 * What a report says.
 *
 * @param lines one for each day, provider, model and key
 * @param rows that were read, the rejected ones too
 * @param rejectedRows the first of the rejected ones
 */
record Report(List<ReportRow> lines, long rows, long rejected, List<Rejected> rejectedRows) {

  Report {
    lines = List.copyOf(lines);
    rejectedRows = List.copyOf(rejectedRows);
  }

  /**
   * A row that could not be read.
   *
   * @param row its place, from 1
   */
  record Rejected(long row, String reason) {}
}
