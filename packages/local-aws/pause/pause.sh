#!/bin/sh
# Usage: pause.sh PORT RESOLVER [ADDRESS:PORT ...]
# Forwards 127.0.0.1:PORT and 169.254.170.2:80 to the task's own socket, /run/names/door, queries at RESOLVER to /run/names/names, and each
# further address, in their order, to /run/names/0, /run/names/1 ...
set -eu
port=$1
resolver=$2
shift 2
socket=/run/names/door
first=15000
ports="51679 $port"

ip address add 169.254.170.2/32 dev lo
nft -f /etc/agent.nft

forward() {
  # -t: answers may take long after a client has said all it has to say.
  exec socat -t 3600 "TCP-LISTEN:$1,bind=127.0.0.1,fork,reuseaddr,backlog=512" "UNIX-CONNECT:$2"
}
forward 51679 "$socket" &
forward "$port" "$socket" &
socat -t 10 "UDP-RECVFROM:53,bind=$resolver,fork,reuseaddr" UNIX-CONNECT:/run/names/names &

# An alias may have the very port that the task itself listens at: calls are turned to a port that nobody else has.
at=0
for alias in "$@"; do
  nft add rule ip agent output ip daddr "${alias%:*}" tcp dport "${alias##*:}" redirect to ":$((first + at))"
  forward "$((first + at))" "/run/names/$at" &
  ports="$ports $((first + at))"
  at=$((at + 1))
done

for each in $ports; do
  until [ -n "$(ss -Htln "src 127.0.0.1 and sport = :$each")" ]; do sleep 0.02; done
done
until [ -n "$(ss -Huln "src $resolver and sport = :53")" ]; do sleep 0.02; done
echo ready
wait
