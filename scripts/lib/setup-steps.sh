# shellcheck shell=bash
# Steps of scripts/setup: one line each with its time; the output goes to a log. It runs on the bash 3.2 of macOS.

missing=""

# A folder of this user's own: /tmp belongs to everyone.
open_log() {
  local folder
  folder=${TMPDIR:-/tmp}/freehold-setup-$(id -u)
  mkdir -p -m 700 "$folder"
  [ -O "$folder" ] && [ ! -L "$folder" ] || { echo "setup: $folder belongs to someone else; remove it" >&2; exit 1; }
  # Two set-ups at once would install the same things over each other.
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$folder/lock"
    flock -n 9 || { echo "setup: waiting for another scripts/setup to end"; flock 9; }
  fi
  log=$folder/setup.log
  wants=$folder/wants
  : >"$log"
}

# Called within a step: what the user must install; ends the step.
need() { printf '%s\n' "$1" >>"$wants"; exit 3; }

# Runs a command for at most so many seconds, where the system can.
bounded() {
  local seconds=$1
  shift
  if command -v timeout >/dev/null 2>&1; then timeout "$seconds" "$@"; else "$@"; fi
}

# step TITLE IS_READY MAKE_READY: nothing to do, or do it and look again.
step() {
  local title=$1 ready=$2 make=$3 start=$SECONDS status=0
  if "$ready" >>"$log" 2>&1; then line "$title" ready "$start"; return; fi
  [ ! -t 1 ] || printf '  %-18s …\r' "$title"
  : >"$wants"
  printf '\n== %s\n' "$title" >>"$log"
  # A child shell of its own keeps `set -e` alive within the step.
  set +e
  (set -e; "$make") >>"$log" 2>&1
  status=$?
  set -e
  if [ "$status" -eq 3 ] && [ -s "$wants" ]; then
    line "$title" missing "$start"
    missing="$missing$(sed 's/^/  - /' "$wants")"$'\n'
  elif [ "$status" -ne 0 ]; then
    stop_at "$title" "failed (exit $status)"
  elif ! "$ready" >>"$log" 2>&1; then
    stop_at "$title" "was installed, but still does not work"
  else
    line "$title" "made ready" "$start"
  fi
}

line() { printf '  %-18s %-11s %4ss\n' "$1" "$2" "$((SECONDS - $3))"; }

stop_at() {
  printf 'setup: %s %s. The end of %s:\n\n' "$1" "$2" "$log" >&2
  # Some programs say the cause first and end with pages of usage: their error lines come first here.
  sed -n '/^== /h;//!H;${x;p;}' "$log" >"$log.step"
  if [ "$(wc -l <"$log.step")" -gt 25 ]; then grep -iE '(^|[^a-z])error' "$log.step" | head -n 8 >&2 && echo … >&2; fi
  tail -n 20 "$log.step" >&2
  exit 1
}

finish() {
  [ -n "$missing" ] || return 0
  printf '\nsetup: please install what is missing, then run this again:\n%s' "$missing" >&2
  exit 1
}
