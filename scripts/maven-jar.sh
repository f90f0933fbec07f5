#!/bin/sh
# Builds a Maven project's one jar: maven-jar.sh <project> <jar to write>. Installs Java and Maven when they are missing
# and this is root on Debian. The project's folder is not written to.
set -eu
project=$1
jar=$2
folder=$(dirname "$jar")

missing() { for program in java mvn; do command -v "$program" >/dev/null 2>&1 || echo "$program"; done; }

mkdir -p "$folder"
# One build at a time, of whatever project: Maven's local repository does not stand two. The others take what it made.
exec 9>"$folder/maven.lock"
if ! flock -w 500 9; then
  echo "maven-jar: another build still has $folder/maven.lock after 500 s" >&2
  exit 1
fi
if [ -e "$jar" ]; then exit 0; fi

if [ -n "$(missing)" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "maven-jar: needs Java 17 or later and Maven; missing:" $(missing) >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt="apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2"
  { $apt update && $apt install -y --no-install-recommends default-jdk-headless maven; } >&2
fi

work=$(mktemp -d "$folder/build-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cp -r "$project/pom.xml" "$project/src" "$work"
cd "$work"
code=0
timeout -k 5 230 mvn --quiet --batch-mode --no-transfer-progress -DskipTests package 9>&- || code=$?
if [ "$code" = 124 ]; then echo "maven-jar: Maven was still running after 230 s" >&2; fi
if [ "$code" != 0 ]; then exit "$code"; fi
built=$(ls target/*.jar)
# Older ones go; a program that was started from one of them has its own copy.
rm -f "$folder/$(basename "$built" .jar)"-[0-9]*.jar
mv "$built" "$jar"
