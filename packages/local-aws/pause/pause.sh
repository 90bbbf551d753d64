#!/bin/sh
# Usage: pause.sh PORT     forwards 127.0.0.1:PORT and 169.254.170.2:80 to local-aws's Unix socket.
set -eu
port=$1
socket=/run/local-aws.sock

ip address add 169.254.170.2/32 dev lo
nft -f /etc/agent.nft

forward() {
  # -t: answers may take long after a client has said all it has to say.
  exec socat -t 3600 "TCP-LISTEN:$1,bind=127.0.0.1,fork,reuseaddr,backlog=512" "UNIX-CONNECT:$socket"
}
forward 51679 &
forward "$port" &

until [ "$(ss -Htln "src 127.0.0.1 and ( sport = :51679 or sport = :$port )" | wc -l)" -eq 2 ]; do sleep 0.02; done
echo ready
wait
