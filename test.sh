#!/usr/bin/env bash
# Builds everything once and runs the test tiers: ./test.sh [unit|components|scenarios|integration|browser ...], by
# default all of them, in this order. The architecture tests run with the unit tests. ./test.sh chaos runs 500 days of
# the desk in virtual time with faults instead of the 40 that are among the scenarios (EQUILIBRAGE_CHAOS_SEEDS), and
# ./test.sh chaos SEED one of them, whose log and journal it keeps in artifacts/chaos. The last line printed is
# "N passed, N failed, N skipped" over all tiers; the exit code is 0 only when nothing failed and every tier that has
# tests ran some. Results per tier are kept in artifacts/tests. EQUILIBRAGE_TEST_MINUTES (40) bounds the whole run.
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
. "$root/scripts/install.sh"
cd "$root"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export EQUILIBRAGE_ROOT=$root
limit_seconds=$((60 * ${EQUILIBRAGE_TEST_MINUTES:-40}))
results=$root/artifacts/tests
passed=0 failed=0 skipped=0
complete=0

# Whatever ends this script, its last line is the sum, and a run that was cut short is a failure.
finish() {
  local code=$?
  if [ "$complete" = 0 ]; then failed=$((failed + 1)); fi
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  if [ "$failed" -gt 0 ] && [ "$code" = 0 ]; then code=1; fi
  exit "$code"
}
trap finish EXIT

traits_of() {
  case $1 in
    unit) echo Unit Architecture ;;
    components) echo Components ;;
    scenarios | chaos) echo Scenarios ;;
    integration) echo Integration ;;
    browser) echo Browser ;;
    *) fail "there is no tier '$1'. The tiers are: unit components scenarios integration browser, and chaos." ;;
  esac
}

build() {
  local options=(-c Release -v q)
  if [ "${CI:-}" = true ]; then
    dotnet restore Equilibrage.sln --locked-mode -v q || fail "the restore failed or a packages.lock.json is out of date."
    options+=(--no-restore)
  fi
  dotnet build Equilibrage.sln "${options[@]}" || fail "the build failed. Its messages are above."
}

# attribute NAME FILE: a count from the <assembly> element of the runner's report.
attribute() {
  grep -o '<assembly [^>]*' "$2" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | head -n 1
}

fault() {
  printf 'FAULT %s\n' "$*"
  failed=$((failed + 1))
}

has_tests() {
  local trait
  for trait in "$@"; do
    if grep -rqE --include='*.cs' '\[(Fact|Theory)' "Equilibrage.Tests/$trait" 2>/dev/null; then return 0; fi
  done
  return 1
}

# macOS has no timeout command: there, the limit is only the reader's patience.
within_limit() {
  local left=$((limit_seconds > SECONDS ? limit_seconds - SECONDS : 1))
  if command -v timeout >/dev/null 2>&1; then timeout --foreground -k 30 "$left" "$@"; else "$@"; fi
}

run_tier() {
  local tier=$1 traits filters=() trait started=$SECONDS code=0 report=$results/$1.xml
  local ok bad errors left
  traits=$(traits_of "$tier")
  for trait in $traits; do filters+=(-trait "Tier=$trait"); done
  if [ "$tier" = chaos ]; then
    filters=(-class Equilibrage.Tests.Scenarios.Chaos.ChaosTests -showLiveOutput)
    export EQUILIBRAGE_CHAOS_SEEDS=${EQUILIBRAGE_CHAOS_SEEDS:-500}
  fi
  if [ "$tier" = browser ] && has_tests Browser; then install_debian chromium chromium; fi
  printf '\n== %s\n' "$tier"
  rm -f "$report"
  within_limit dotnet Equilibrage.Tests/bin/Release/net10.0/Equilibrage.Tests.dll -noLogo -noColor "${filters[@]}" \
    -xml "$report" || code=$?

  if [ "$code" = 124 ] || [ "$code" = 137 ]; then
    fault "$tier: stopped after the limit of $((limit_seconds / 60)) minutes for the whole run."
    return
  fi
  if ! ok=$(attribute passed "$report" 2>/dev/null) || [ -z "$ok" ]; then
    fault "$tier: the runner ended with code $code and left no report."
    return
  fi
  bad=$(attribute failed "$report") errors=$(attribute errors "$report") left=$(attribute skipped "$report")
  passed=$((passed + ok)) failed=$((failed + bad + errors)) skipped=$((skipped + left))
  if [ "$((ok + bad))" = 0 ] && has_tests $traits; then fault "$tier: it has tests, but none of them ran."; fi
  if [ "$code" != 0 ] && [ "$((bad + errors))" = 0 ]; then fault "$tier: the runner ended with code $code."; fi
  printf '%s: %d passed, %d failed, %d skipped in %d s\n' \
    "$tier" "$ok" "$((bad + errors))" "$left" "$((SECONDS - started))"
}

if [ "${1:-}" = chaos ] && [[ ${2:-} =~ ^[0-9]+$ ]]; then
  export EQUILIBRAGE_CHAOS_SEED=$2
  set -- chaos
fi
[ $# -gt 0 ] || set -- unit components scenarios integration browser
for tier in "$@"; do (traits_of "$tier" >/dev/null); done
require_tools
install_npm test
install_signatures
mkdir -p "$results"
build
printf 'build: %d s\n' "$SECONDS"
for tier in "$@"; do run_tier "$tier"; done
complete=1
printf '\ntotal: %d s\n' "$SECONDS"
