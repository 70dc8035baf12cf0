#!/usr/bin/env bash
# Runs the whole fault suite on real processes and writes a table: recovery time, worst wait, events acknowledged, result.
#   tests/faults.sh [--rounds N] [--only NAME] [--except NAME] [--seed S] [--out DIRECTORY] [--no-build]
# NAME is a part of a test's name, such as HungSilo or OutOfMemory. Histories, the log and table.md are kept in DIRECTORY
# (default: a new one under the system's temporary directory). The hosts are published ones, as in an image; --no-build takes
# those of the last time. Run it as root on Linux to have network namespaces and a small disk; without, those faults are
# skipped. It takes about half an hour a round.
set -uo pipefail
cd "$(dirname "$0")/.."
rounds=1; only=Faults; except=; seed=$((RANDOM * 30 + RANDOM)); out=; build=()
while [ $# -gt 0 ]; do
  case $1 in
    --no-build) build=(--no-build) ;;
    --rounds | --only | --except | --seed | --out)
      [ $# -ge 2 ] || { echo "$1 needs a value." >&2; exit 2; }
      case $1 in
        --rounds) rounds=$2 ;;
        --only) only=$2 ;;
        --except) except=$2 ;;
        --seed) seed=$2 ;;
        --out) out=$2 ;;
      esac
      shift ;;
    *) sed -n '2,8p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
  esac
  shift
done
[ -n "$out" ] || out=$(mktemp -d) || exit 1
mkdir -p "$out" || exit 1
export FAULTS=full FAULT_ROUNDS=$rounds FAULT_SEED=$seed FAULT_DIRECTORY FAULT_SERVER=$PWD/src/CourseCompletion.Host/bin/published
FAULT_DIRECTORY=$(cd "$out" && pwd)
if [ ${#build[@]} -eq 0 ]; then
  platform=$(dotnet --info | sed -n 's/^ *RID: *//p')
  dotnet publish src/CourseCompletion.Host -c Release -r "$platform" --self-contained false -o "$FAULT_SERVER" >"$FAULT_DIRECTORY/publish.txt" 2>&1 || { tail -n 20 "$FAULT_DIRECTORY/publish.txt" >&2; exit 1; }
fi
[ -f "$FAULT_SERVER/CourseCompletion.Host.dll" ] || { echo "The server is not published yet: leave --no-build out once." >&2; exit 2; }
{
  echo "\`tests/faults.sh --rounds $rounds --seed $seed$([ "$only" = Faults ] || echo " --only $only")${except:+ --except $except}\`"
  echo
  echo "| fault | seed | usual wait, s | recovery, s | worst wait, s | events acknowledged | largest process, MB | result |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
} >"$FAULT_DIRECTORY/table.md"
echo "Seed $seed; everything is kept in $FAULT_DIRECTORY."
dotnet test tests/CourseCompletion.EndToEndTests -c Release "${build[@]}" --filter "FullyQualifiedName~EndToEndTests.Faults&FullyQualifiedName~$only${except:+&FullyQualifiedName!~$except}" >"$FAULT_DIRECTORY/test.txt" 2>&1 &
test=$!
tail -n +1 -f --pid="$test" "$FAULT_DIRECTORY/table.md"
wait "$test"
status=$?
tail -n 3 "$FAULT_DIRECTORY/test.txt"
exit "$status"
