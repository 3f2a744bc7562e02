#!/bin/sh
# Create a virtual environment in $1 with the newest Python this machine has, 3.11 or later.
set -eu

suitable() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

can_make_environments() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null
}

found=""
for python in python3.14 python3.13 python3.12 python3.11 python3; do
  if suitable "$python"; then
    found=${found:-$python}
    can_make_environments "$python" && { found=$python; break; }
  fi
done

if [ -z "$found" ]; then
  echo "Python 3.11 or later is needed, and this machine has none." >&2
  exit 1
fi

if ! can_make_environments "$found"; then
  version=$("$found" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
  "$(dirname "$0")/install-packages.sh" "$version-venv"
fi

echo "· Creating the environment in $1 with $("$found" --version)"
"$found" -m venv "$1"
