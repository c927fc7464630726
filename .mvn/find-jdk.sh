# Sourced by mvnw and konomi: sets JAVA_HOME to a JDK 25 or newer when it is unset or older.
konomi_jdk_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }
konomi_found=$(konomi_jdk_major "${JAVA_HOME:-/nonexistent}")
if [ "${konomi_found:-0}" -lt 25 ]; then
  konomi_found=
  for konomi_home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /opt/java/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    konomi_found=$(konomi_jdk_major "$konomi_home")
    if [ "${konomi_found:-0}" -ge 25 ] && [ -x "$konomi_home/bin/javac" ]; then
      JAVA_HOME=$konomi_home
      export JAVA_HOME
      break
    fi
    konomi_found=
  done
fi
if [ -z "$konomi_found" ]; then
  echo "Konomi needs a JDK 25 or newer and found none: JAVA_HOME is '${JAVA_HOME:-}', and /usr/lib/jvm, ~/.sdkman and /Library/Java have none." >&2
  echo "Install one (for example Temurin 25 from https://adoptium.net) and set JAVA_HOME to it." >&2
  exit 1
fi
