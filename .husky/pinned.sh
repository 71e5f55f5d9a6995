# Hooks run on the Node of the lock file. In a checkout where nothing is installed there is nothing to run them with.
if [ ! -x node_modules/node/bin/node ]; then
  echo "Nothing is installed here (npm ci), so the hooks are left out." >&2
  exit 0
fi
PATH="$PWD/node_modules/node/bin:$PWD/node_modules/.bin:$PATH"
