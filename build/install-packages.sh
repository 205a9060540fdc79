# Sourced by ./quickstart and ./test: install_packages GROUP... installs the Debian packages that are missing.

is_installed() {
  dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'
}

install_packages() {
  local package group command missing=()
  while read -r package group command; do
    [[ $package != '#'* && " $* " == *" $group "* ]] || continue
    if [[ -n $command ]] && command -v "$command" >/dev/null; then
      continue
    fi
    is_installed "$package" || missing+=("$package")
  done <"$home/build/packages.txt"
  ((${#missing[@]})) || return 0

  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    printf '%s\n' "missing: ${missing[*]}" "as root, on Debian: apt-get install ${missing[*]}" >&2
    return 5
  fi
  echo "installing Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  # The package lists of a fresh machine are empty or old.
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "apt-get could not install them" >&2
    return 5
  fi
  rm -f "$log"
}
