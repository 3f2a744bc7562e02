#!/bin/sh
# Install Debian packages where this user may; elsewhere print the one line to run, and stop.
set -eu

if ! command -v apt-get >/dev/null; then
  echo "This machine lacks what these Debian packages hold: $*" >&2
  echo "Install them with its own package manager (on macOS: brew install pango), then run make again." >&2
  exit 1
fi

if [ "$(id -u)" = 0 ]; then
  as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  echo "Please run this line, then make again:" >&2
  echo "    sudo apt-get update && sudo apt-get install -y $*" >&2
  exit 1
fi

echo "· Installing $* with apt"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  exit 1
fi
