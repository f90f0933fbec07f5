# Sourced by the other scripts: installs the npm dependencies (Node itself among them) if they are missing or out of date.
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing: install Node.js 20 or newer (it brings npm), then run this again." >&2
  exit 1
fi
if [ ! -x node_modules/.bin/vitest ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing dependencies (npm ci)"
  npm ci --no-audit --no-fund --loglevel=error
fi
PATH=$root/node_modules/.bin:$PATH
export PATH
