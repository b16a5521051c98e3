package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One model call, whoever reported it, as far as is known. */
final class Unit {
  final int number;
  final Instant since;
  final Set<Report> reports = new LinkedHashSet<>();
  final Set<String> names = new HashSet<>();
  final List<Charge> emitted = new ArrayList<>();
  boolean merged;
  Optional<Value> value = Optional.empty();

  Unit(int number, Instant since) {
    this.number = number;
    this.since = since;
  }

  boolean counted() {
    return reports.stream().anyMatch(report -> report.source().counted());
  }

  void add(Report report) {
    reports.add(report);
    names.addAll(report.names());
  }

  /** The younger proves to be the same call. */
  void absorb(Unit younger) {
    reports.addAll(younger.reports);
    names.addAll(younger.names);
    younger.reports.clear();
    younger.names.clear();
    younger.merged = true;
  }

  /** Nobody waits again for what was charged. */
  boolean wasCharged() {
    return value.filter(v -> v.state() == State.SETTLED).isPresent();
  }
}
