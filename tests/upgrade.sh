#!/usr/bin/env bash
# Replaces a cluster of an earlier commit's build by the present one, process by process and under load (docs/faults.md).
#
#   tests/upgrade.sh            from the commit before the present one
#   tests/upgrade.sh COMMIT     from another commit
set -euo pipefail
cd "$(dirname "$0")/.."

commit=$(git rev-parse --verify "${1:-HEAD~1}^{commit}")
directory=$(mktemp -d)
finish() {
  git worktree remove --force "$directory/source" 2>/dev/null || true
  rm -rf "$directory"
}
trap finish EXIT
trap 'exit 130' INT TERM

echo "Building the server of $(git log -1 --format='%h %s' "$commit")"
git worktree add --quiet --detach "$directory/source" "$commit"
dotnet build "$directory/source/src/CourseCompletion.Host" -c Release -o "$directory/host" --nologo -v quiet
UPGRADE_FROM="$directory/host" dotnet test tests/CourseCompletion.EndToEndTests -c Release \
  --filter FullyQualifiedName~RollingUpgradeTests --logger "console;verbosity=detailed"
