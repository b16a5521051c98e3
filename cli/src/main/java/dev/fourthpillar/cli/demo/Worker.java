package dev.fourthpillar.cli.demo;

import java.util.Optional;

/**
 * Somebody or something that calls models in a session.
 *
 * @param agent its name; empty for the person at the keyboard
 * @param worksFor the agent that started it
 */
record Worker(String agent, Optional<String> worksFor) {
  static final Worker PERSON = new Worker("", Optional.empty());

  static Worker agent(String name) {
    return new Worker(name, Optional.empty());
  }

  static Worker subAgent(String name, String of) {
    return new Worker(name, Optional.of(of));
  }
}
