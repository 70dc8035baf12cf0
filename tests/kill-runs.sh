#!/usr/bin/env bash
# Repeats the kill -9 tests, N runs on each store (default 20), and prints a line a run and a summary.
#   tests/kill-runs.sh [N] [embedded|redis]
set -uo pipefail
cd "$(dirname "$0")/.."
case "${2:-all}" in
  embedded) filter=Kill_EmbeddedStoreMidStream ;;
  redis) filter=Kill_RedisMidStream ;;
  *) filter=KillTests ;;
esac
export KILL_RUNS="${1:-20}" KILL_LOG
KILL_LOG=$(mktemp)
trap 'rm -f "$KILL_LOG" "$KILL_LOG.test"' EXIT
dotnet test tests/CourseCompletion.EndToEndTests -c Release --filter "$filter" >"$KILL_LOG.test" 2>&1 &
test=$!
tail -n +1 -f --pid="$test" "$KILL_LOG"
wait "$test"
status=$?
[ "$status" -eq 0 ] || cat "$KILL_LOG.test"
exit "$status"
