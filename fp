#!/bin/sh
# Fourth Pillar from the command line: ./fp help. Needs a JDK 25 and nothing else: builds what it runs
# on first use, and again when a source is newer than what was built.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
JAVA_HOME=$("$root/.mvn/find-jdk") || exit 1
export JAVA_HOME

modules=cli,budget-service,usage-service,comp-service
jar=$root/cli/target/fp.jar
stamp=$root/cli/target/fp.built
flags="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --sun-misc-unsafe-memory-access=allow
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"

# Whatever the build reads; tests and documents do not count.
changed() {
  [ -f "$stamp" ] && [ -f "$jar" ] || return 0
  [ -n "$(find "$root/pom.xml" "$root/proto" "$root/localdb" "$root/backbone" "$root/pricing" \
    "$root/budget-service" "$root/usage-service" "$root/comp-service" "$root/cli" \
    \( -name target -o -name test -o -name '*.md' -o -name .jqwik-database \) -prune \
    -o -type f -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

build() {
  mkdir -p "$root/cli/target"
  log=$root/cli/target/fp-build.log
  # Before the build, so that what is changed during it counts as newer.
  : >"$stamp.begun"
  echo "fp: building; the first time this fetches libraries and takes some minutes (log: $log)" >&2
  if ! (cd "$root" && ./mvnw --batch-mode --quiet --projects "$modules" --also-make -Dmaven.test.skip \
    -Dspotless.check.skip -Djib.skip package) >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "fp: the build failed; the whole log is $log" >&2
    exit 1
  fi
  echo "fp: preparing the services' start; this takes about a minute" >&2
  "$JAVA_HOME/bin/java" $flags -jar "$jar" prepare >>"$log" 2>&1 ||
    echo "fp: that failed ($log); the services start more slowly" >&2
  mv "$stamp.begun" "$stamp"
}

if changed; then
  # Two at once would overwrite each other's jars: the second waits and finds the work done.
  if command -v flock >/dev/null 2>&1; then
    mkdir -p "$root/cli/target"
    exec 9>"$root/cli/target/fp.lock"
    flock 9
    if changed; then build; fi
    exec 9>&-
  else
    build
  fi
fi

exec "$JAVA_HOME/bin/java" $flags ${JAVA_OPTS:-} -jar "$jar" "$@"
