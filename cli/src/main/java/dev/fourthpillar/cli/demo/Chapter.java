package dev.fourthpillar.cli.demo;

/** A part of the story. */
interface Chapter {
  String title();

  /**
   * @throws DemoException when it does not go as it is told
   */
  void play(Scene scene);
}
