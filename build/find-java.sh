# Sourced by the scripts at the root: find_java_25 prints the path of a java of version 25, or fails.

is_java_25() {
  [ -x "$1" ] || return 1
  # The release file tells the version without starting a JVM.
  release=$(dirname -- "$(dirname -- "$1")")/release
  if [ -r "$release" ]; then
    grep -q '^JAVA_VERSION="25[."]' "$release"
  else
    "$1" -version 2>&1 | grep -q 'version "25[."]'
  fi
}

find_java_25() {
  if [ -n "${JAVA_HOME:-}" ] && is_java_25 "$JAVA_HOME/bin/java"; then
    printf '%s\n' "$JAVA_HOME/bin/java"
    return 0
  fi
  for candidate in /usr/lib/jvm/*25*/bin/java; do
    if is_java_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  candidate=$(command -v java) || return 1
  candidate=$(readlink -f -- "$candidate")
  is_java_25 "$candidate" || return 1
  printf '%s\n' "$candidate"
}
