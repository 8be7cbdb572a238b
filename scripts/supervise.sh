#!/usr/bin/env bash
# supervise.sh COMMAND [ARGUMENT ...]: keeps a program alive.
#
# A crash (any end that is not listed below) is counted, shown, and followed by a restart after 1 s, 2 s, 4 s ... 30 s;
# the wait starts again at 1 s once the program has run for 60 s. The count reaches the program as
# EQUILIBRAGE_CRASH_COUNT. These ends are final, and their exit code becomes this script's:
#   0            done
#   2, 3         wrong usage; refused to start (data folder in use, another universe, bad configuration)
#   129 130 143  stopped by SIGHUP, SIGINT or SIGTERM
# Code 75 asks to be started again at once, which is no crash (another wallet was set).
# SIGINT, SIGTERM and SIGHUP are passed on as one SIGTERM, and the program's own clean stop is waited for.
#
# EQUILIBRAGE_BACKOFF_MS (1000) is the first wait, and the longest is 30 times that; EQUILIBRAGE_STABLE_SECONDS (60) is
# the uptime that resets it.
set -uo pipefail

base_ms=${EQUILIBRAGE_BACKOFF_MS:-1000}
stable_seconds=${EQUILIBRAGE_STABLE_SECONDS:-60}
longest_ms=$((30 * base_ms))
crashes=0
wait_ms=$base_ms
child=
stopping=0
interrupted=0

say() { printf 'equilibrage: %s\n' "$*" >&2; }

stop() {
  interrupted=1
  stopping=1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap stop INT TERM HUP

# A trapped signal ends `wait` before the child has ended; only an undisturbed wait tells the child's exit code.
await_child() {
  local code
  while :; do
    interrupted=0
    wait "$child"
    code=$?
    [ "$interrupted" = 1 ] || return "$code"
  done
}

# The child runs in the background, where bash lets it ignore the terminal's SIGINT: Ctrl-C then reaches it once, as the
# SIGTERM of stop(). Its input stays the terminal.
start_child() {
  "$@" <&0 &
  child=$!
  [ "$stopping" = 0 ] || kill -TERM "$child" 2>/dev/null
}

pause() {
  start_child sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  await_child
  child=
}

while :; do
  export EQUILIBRAGE_CRASH_COUNT=$crashes
  started=$SECONDS
  start_child "$@"
  await_child
  code=$?
  child=
  if [ "$stopping" = 1 ]; then exit "$code"; fi
  case $code in
    0 | 2 | 3 | 129 | 130 | 143) exit "$code" ;;
    75) continue ;;
  esac

  crashes=$((crashes + 1))
  uptime=$((SECONDS - started))
  if [ "$uptime" -ge "$stable_seconds" ]; then wait_ms=$base_ms; fi
  say "crash $crashes: the program ended with code $code after $uptime s; starting it again in $wait_ms ms"
  pause
  if [ "$stopping" = 1 ]; then exit "$code"; fi
  wait_ms=$((wait_ms * 2 < longest_ms ? wait_ms * 2 : longest_ms))
done
