#!/bin/sh
# Builds the lab's real Eureka server: eureka-server.sh <Maven project> <jar to write>. Installs Java and Maven when they
# are missing and this is root on Debian. The project's folder is not written to.
set -eu
project=$1
jar=$2

missing() { for program in java mvn; do command -v "$program" >/dev/null 2>&1 || echo "$program"; done; }
if [ -n "$(missing)" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "eureka-server: needs Java 17 or later and Maven; missing:" $(missing) >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt="apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2"
  { $apt update && $apt install -y --no-install-recommends default-jdk-headless maven; } >&2
fi

mkdir -p "$(dirname "$jar")"
exec 9>"$jar.lock" # one build at a time; the others take what it made
flock 9
if [ -e "$jar" ]; then exit 0; fi
work=$(mktemp -d "$(dirname "$jar")/build-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cp -r "$project/pom.xml" "$project/src" "$work"
cd "$work"
code=0
timeout -k 5 230 mvn --quiet --batch-mode --no-transfer-progress -DskipTests package || code=$?
if [ "$code" = 124 ]; then echo "eureka-server: Maven was still running after 230 s" >&2; fi
if [ "$code" != 0 ]; then exit "$code"; fi
# Older ones go; a running server keeps its open file.
rm -f "$(dirname "$jar")"/eureka-server-*.jar
mv target/eureka-server.jar "$jar"
rm -f "$(dirname "$jar")"/eureka-server-*.lock
