# shellcheck shell=bash
# Docker for scripts/setup: engine, buildx, compose, and a daemon that answers.

dockerd_log=/var/log/freehold-dockerd.log
dockerd_pid=/run/freehold-dockerd.pid

# `docker info` exits 0 without a daemon in some versions; `docker version` does not.
daemon_ready() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# An engine somewhere else (Docker Desktop, DOCKER_HOST) is as good as one here.
docker_installed() { command -v docker && { daemon_ready || command -v dockerd; } && docker buildx version && docker compose version; }

install_docker() {
  is_installer || need "Docker with buildx and compose, running: https://docs.docker.com/get-started/get-docker"
  local packages=()
  command -v dockerd || daemon_ready || packages+=(docker.io)
  case $(os_id) in
    ubuntu)
      docker buildx version || packages+=(docker-buildx)
      docker compose version || packages+=(docker-compose-v2)
      ;;
    debian)
      [ "$(os_major)" -ge 12 ] || need "Debian 12 or newer, or Docker by hand: https://docs.docker.com/engine/install/debian"
      command -v docker || packages+=(docker-cli)
      docker buildx version || packages+=(docker-buildx)
      docker compose version || packages+=(docker-compose)
      [ "$(os_major)" -ne 12 ] || use_debian_13_for docker.io docker-cli docker-buildx docker-compose
      ;;
  esac
  # With AppArmor in the kernel, no container starts unless its tools are there.
  ! grep -qs Y /sys/module/apparmor/parameters/enabled || packages+=(apparmor)
  apt_install "${packages[@]}"
  forget_debian_13
}

start_daemon() {
  [ -z "${DOCKER_HOST-}" ] || need "a Docker daemon at DOCKER_HOST=$DOCKER_HOST: nothing answers there"
  [ "$(uname -s)" = Linux ] || need "a running Docker: start Docker Desktop, wait until it says it is running"
  [ "$(id -u)" = 0 ] || need "a Docker daemon that this user may use: 'docker info' fails. Start it (sudo systemctl start docker) and join the group docker"
  if [ -d /run/systemd/system ]; then systemctl start docker; else start_dockerd; fi
  wait_for_daemon
}

# No init system: a session of its own lets the daemon outlive this script and its terminal.
start_dockerd() {
  command -v setsid || return 1
  setsid nohup dockerd >>"$dockerd_log" 2>&1 </dev/null 9>&- &
  echo $! >"$dockerd_pid"
}

wait_for_daemon() {
  local attempt
  for attempt in $(seq 120); do
    if daemon_ready; then return 0; fi
    if [ -s "$dockerd_pid" ] && ! kill -0 "$(cat "$dockerd_pid")" 2>/dev/null; then break; fi
    sleep 0.5
  done
  echo "no daemon after $((attempt / 2)) s; the end of its log:"
  tail -n 15 "$dockerd_log" 2>/dev/null || journalctl -u docker -n 15 --no-pager
  return 1
}
