# shellcheck shell=bash
# Installing with apt, for scripts/setup.

os_id() { (. /etc/os-release 2>/dev/null && echo "${ID-}") || true; }
os_major() { (. /etc/os-release 2>/dev/null && echo "${VERSION_ID%%.*}") || true; }

# May this run install packages here?
is_installer() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  case $(os_id) in debian | ubuntu) return 0 ;; *) return 1 ;; esac
}

# With the lists that are there; if that fails, with fresh ones. A third party's source that does not answer is no
# reason to stop, so the update may fail.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get ${apt_options[@]+"${apt_options[@]}"} install -y -q --no-install-recommends "$@" && return
  apt-get ${apt_options[@]+"${apt_options[@]}"} update -q || true
  apt-get ${apt_options[@]+"${apt_options[@]}"} install -y -q --no-install-recommends "$@"
}

# Debian 12's Docker is too old for today's Dockerfiles (no heredocs, no COPY --link) and has no buildx. Debian 13's
# runs on it. Its packages are taken through a source list of our own, so that /etc/apt stays as it is.
use_debian_13_for() {
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg suite
  apt_folder=$(mktemp -d "${TMPDIR:-/tmp}/freehold-apt.XXXXXX")
  chmod 755 "$apt_folder"
  mkdir -p "$apt_folder/lists/partial"
  for suite in trixie bookworm bookworm-updates; do
    echo "deb [signed-by=$keyring] $(debian_mirror Debian http://deb.debian.org/debian) $suite main"
  done >"$apt_folder/sources.list"
  for suite in trixie-security bookworm-security; do
    echo "deb [signed-by=$keyring] $(debian_mirror Debian-Security http://deb.debian.org/debian-security) $suite main"
  done >>"$apt_folder/sources.list"
  printf 'Package: *\nPin: release n=trixie*\nPin-Priority: 100\n\nPackage: %s\nPin: release n=trixie*\nPin-Priority: 990\n' \
    "$*" >"$apt_folder/preferences"
  apt_options=(
    -o "Dir::Etc::SourceList=$apt_folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::Etc::Preferences=$apt_folder/preferences" -o Dir::Etc::PreferencesParts=/dev/null
    -o "Dir::State::Lists=$apt_folder/lists" -o Acquire::Languages=none
  )
  apt-get "${apt_options[@]}" update -q
}

forget_debian_13() { [ -z "${apt_folder-}" ] || rm -rf "$apt_folder"; apt_options=(); }

# The mirror that this machine uses already, else Debian's own.
debian_mirror() {
  local found
  # shellcheck disable=SC2016  # apt fills it in
  found=$(apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" "Origin: Debian" "Label: $1" 2>/dev/null |
    head -n 1 || true)
  echo "${found:-$2}"
}
