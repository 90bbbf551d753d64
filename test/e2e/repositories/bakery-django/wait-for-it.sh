#!/bin/sh
# wait-for-it.sh HOST:PORT [-t SECONDS] [-- COMMAND...]
target=$1; shift
[ "$1" = -t ] && { limit=$2; shift 2; }
host=${target%:*} port=${target#*:}
i=0
until python -c "import socket; socket.create_connection(('$host', $port), 1)" 2>/dev/null; do
  i=$((i + 1)); [ $i -lt ${limit:-15} ] || { echo "timeout waiting for $target" >&2; exit 1; }
  sleep 1
done
[ "$1" = -- ] && shift
[ $# -eq 0 ] || exec "$@"
