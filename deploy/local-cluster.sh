#!/usr/bin/env bash
# A whole cluster on this machine: redis-server, silos and gateways, all on 127.0.0.1. For trying things out and for tests;
# one machine is no protection against the loss of a machine.
#
#   deploy/local-cluster.sh --build              build the server first, then start 3 silos and 2 gateways
#   deploy/local-cluster.sh --dir my-cluster     keep Redis' data and the silos' witnesses in this directory
#
# Ctrl+C ends everything that was started here, by process id, gateways first and Redis last.
set -uo pipefail
# Job control gives each child a process group of its own: Ctrl+C reaches this script only, and the script ends them in order.
set -m

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
server="$root/src/CourseCompletion.Host/bin/Release/net10.0/CourseCompletion.Host.dll"
build=false; dir=; silos=3; gateways=2; port=5080; redis_port=6390

usage() {
  cat <<TEXT
Usage: deploy/local-cluster.sh [options]
  --build            build the server (Release) first
  --dir DIRECTORY    where everything is kept (default: a temporary directory, removed at the end)
  --silos N          how many silos (default $silos)
  --gateways N       how many gateways (default $gateways)
  --port PORT        first gateway: gRPC on PORT, HTTP on PORT+1; each further one 10 higher (default $port)
  --redis-port PORT  where redis-server listens (default $redis_port)
TEXT
}

while [ $# -gt 0 ]; do
  case $1 in
    --build) build=true ;;
    --dir | --silos | --gateways | --port | --redis-port)
      [ $# -ge 2 ] || { echo "$1 needs a value." >&2; exit 2; }
      case $1 in
        --dir) dir=$2 ;;
        --silos) silos=$2 ;;
        --gateways) gateways=$2 ;;
        --port) port=$2 ;;
        --redis-port) redis_port=$2 ;;
      esac
      shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "Unknown option $1." >&2; usage >&2; exit 2 ;;
  esac
  shift
done
for number in "$silos" "$gateways" "$port" "$redis_port"; do
  case $number in '' | *[!0-9]* | 0) echo "'$number' is no positive whole number." >&2; exit 2 ;; esac
done

command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK." >&2; exit 1; }
command -v redis-server >/dev/null || { echo "redis-server is missing: install Redis 7 or later (Debian, Ubuntu: apt-get install redis-server)." >&2; exit 1; }
if $build; then
  dotnet build -c Release "$root/src/CourseCompletion.Host" || exit 1
fi
[ -f "$server" ] || { echo "The server is not built yet: add --build." >&2; exit 1; }

temporary=false
if [ -z "$dir" ]; then
  dir=$(mktemp -d) || exit 1
  temporary=true
fi
mkdir -p "$dir/redis" "$dir/log" || exit 1
dir=$(cd "$dir" && pwd)

redis_pid=; silo_pids=; gateway_pids=; ended=

# Asks the processes to stop, waits up to 30 seconds, and only then kills what is left.
end() {
  [ $# -gt 0 ] || return 0
  local pid tries
  kill -TERM "$@" 2>/dev/null
  for pid in "$@"; do
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ $tries -lt 150 ]; do
      sleep 0.2
      tries=$((tries + 1))
    done
    kill -0 "$pid" 2>/dev/null && kill -KILL "$pid" 2>/dev/null
  done
  wait "$@" 2>/dev/null
}

finish() {
  trap - EXIT
  trap '' INT TERM HUP
  echo "Stopping."
  # shellcheck disable=SC2086  # The lists hold process ids.
  { end $gateway_pids; end $silo_pids; end $redis_pid; } 2>/dev/null
  if $temporary; then rm -rf "$dir"; else echo "Kept in $dir."; fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
  echo "$1" >&2
  [ -n "${2:-}" ] && tail -n 20 "$2" >&2
  exit 1
}

# await NAME PID FILE TEXT [FILE-OF-ERRORS]: until the file has the text.
await() {
  local tries=0
  until grep -q "$4" "$3" 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || fail "$1 ended while it started:" "${5:-$3}"
    [ $tries -lt 300 ] || fail "$1 was not ready after 60 seconds:" "${5:-$3}"
    sleep 0.2
    tries=$((tries + 1))
  done
}

# host NAME ARGUMENTS: starts a server in the background; its process id is in $pid.
host() {
  local name=$1
  shift
  : >"$dir/log/$name.out"
  dotnet "$server" "$@" --redis "127.0.0.1:$redis_port" --data "$dir/$name" >"$dir/log/$name.out" 2>"$dir/log/$name.err" &
  pid=$!
}

: >"$dir/log/redis.out"
redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$dir/redis" --save '' \
  --appendonly yes --appendfsync always --no-appendfsync-on-rewrite no --maxmemory-policy noeviction >"$dir/log/redis.out" 2>&1 &
redis_pid=$!
await Redis "$redis_pid" "$dir/log/redis.out" "Ready to accept connections"
echo "redis      127.0.0.1:$redis_port  (process $redis_pid)"

i=1
while [ $i -le "$silos" ]; do
  host "silo-$i" --role silo --http-port 0
  silo_pids="$silo_pids $pid"
  await "silo-$i" "$pid" "$dir/log/silo-$i.out" "is ready" "$dir/log/silo-$i.err"
  echo "silo-$i     $(sed -n 's/.* \(http http.*\)/\1/p' "$dir/log/silo-$i.out")  (process $pid)"
  i=$((i + 1))
done

i=1
while [ $i -le "$gateways" ]; do
  host "gateway-$i" --role gateway --grpc-port $((port + (i - 1) * 10)) --http-port $((port + (i - 1) * 10 + 1))
  gateway_pids="$gateway_pids $pid"
  await "gateway-$i" "$pid" "$dir/log/gateway-$i.out" "is ready" "$dir/log/gateway-$i.err"
  echo "gateway-$i  $(sed -n 's/.*ready: //p' "$dir/log/gateway-$i.out")  (process $pid)"
  i=$((i + 1))
done

echo "Logs are in $dir/log. Ctrl+C ends everything."
while true; do
  for pid in $redis_pid $silo_pids $gateway_pids; do
    if ! kill -0 "$pid" 2>/dev/null; then
      case " $ended " in *" $pid "*) continue ;; esac  # Killing one to see what happens is what this is for: said once.
      ended="$ended $pid"
      [ "$pid" = "$redis_pid" ] && fail "Redis ended:" "$dir/log/redis.out"
      echo "Process $pid has ended."
    fi
  done
  sleep 1
done
