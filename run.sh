#!/usr/bin/env bash
# Equilibrage in one command: installs what is missing, builds, runs, and restarts the program when it crashes.
#
#   ./run.sh                       run the trading desk: http://127.0.0.1:5080
#   ./run.sh run --seed 7 ...      the same with options (./run.sh run --help lists them)
#   ./run.sh sandbox --port 5090  run the practice exchange alone, for any client of Polymarket's protocol
#   ./run.sh audit --data DIR      does everything add up? exit code 0 when nothing differs
#   ./run.sh vault set|show|remove the wallet of Live mode; secrets are asked for, never words of the command line
#   ./run.sh password              set the operator's password
#   ./run.sh doctor --mode live    is everything right for trading? exit code 0 when nothing has to be mended
#   ./run.sh halt | resume         the kill switch, also of a desk that is stuck; --data DIR names it
#   ./run.sh cancel-all            cancel every order without the desk
#   ./run.sh migrate | version | help
set -euo pipefail
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
. "$root/scripts/install.sh"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export EQUILIBRAGE_ROOT=$root

case ${1:-} in
  -h | --help | --version) ;;
  help) set -- --help ;;
  "" | -*) set -- run "$@" ;;
esac

# What has to work now does not wait for a build that was made before.
program=(dotnet "$root/Equilibrage.Web/bin/Release/net10.0/Equilibrage.Web.dll")
case $1 in
  halt | resume | cancel-all) [ ! -f "${program[1]}" ] || exec "${program[@]}" "$@" ;;
esac

require_tools
# What comes on standard input is the program's alone.
install_npm run </dev/null
install_signatures </dev/null
say "building"
dotnet build "$root/Equilibrage.Web/Equilibrage.Web.csproj" -c Release -v q </dev/null >&2 ||
  fail "the build failed. Its messages are above."

# The program keeps the caller's current folder, so that relative paths in options mean what the caller sees.
if [ "$1" = run ]; then
  exec bash "$root/scripts/supervise.sh" "${program[@]}" "$@"
fi
exec "${program[@]}" "$@"
