#!/usr/bin/env bash
# Builds deploy/Dockerfile with podman and runs a worker from it as production does: not root, read-only, no capability.
#
#   make check-containers            # without BASE and BUILD_BASE, both are made with debootstrap (root, Debian)
#   BASE=docker.io/library/python:3.13-slim-bookworm BUILD_BASE=docker.io/library/python:3.13-bookworm make check-containers
#   make check-containers COMPOSE=1  # and brings the compose file up (check-compose.sh)
#
# RUNTIME=runc, BUILD_OPTIONS and RUN_OPTIONS are for machines with peculiar limits; see deploy/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
broker=""
worker="payment-filter-check-$$"
read -r -a build_options <<<"${BUILD_OPTIONS:-}"
read -r -a run_options <<<"${RUN_OPTIONS:-}"
engine=(podman --runtime "${RUNTIME:-runc}")

finish() {
  "${engine[@]}" rm --force "$worker" >/dev/null 2>&1 || true
  if [ -n "$broker" ]; then
    kill "$broker" 2>/dev/null || true
    wait "$broker" || true
  fi
  rm -rf "$work"
}
trap finish EXIT
die() { echo "check-containers: $*" >&2; exit 1; }
step() { printf '== %s\n' "$*"; }
run() {
  "${engine[@]}" run --network host --read-only --cap-drop all --security-opt no-new-privileges --tmpfs /tmp \
    "${run_options[@]}" "$@"
}

command -v podman >/dev/null || die "podman is not installed (Debian: apt-get install podman runc debootstrap)"

base() { # name, packages
  if ! podman image exists "$1"; then
    step "$1 with debootstrap"
    command -v debootstrap >/dev/null || die "no BASE and BUILD_BASE were given, and debootstrap is not installed"
    rm -rf "$work/base"
    debootstrap --variant=minbase --include="$2" bookworm "$work/base" >"$work/debootstrap.log" \
      || die "debootstrap failed: $(tail -1 "$work/debootstrap.log")"
    tar -C "$work/base" -c . | podman import - "$1" >/dev/null
  fi
}
if [ -z "${BASE:-}" ]; then
  BASE=localhost/payment-filter-base
  base "$BASE" python3,python3-venv,python3-pip,ca-certificates
fi
if [ -z "${BUILD_BASE:-}" ]; then
  BUILD_BASE=localhost/payment-filter-build-base
  base "$BUILD_BASE" python3,python3-venv,python3-pip,ca-certificates,python3-dev,gcc,libc6-dev
fi

step "build on $BASE"
"${engine[@]}" build --isolation chroot --network host "${build_options[@]}" \
  --build-arg "BASE=$BASE" --build-arg "BUILD_BASE=$BUILD_BASE" --file deploy/Dockerfile --tag localhost/payment-filter:check . >"$work/build.log" 2>&1 \
  || die "the build failed: $(tail -3 "$work/build.log")"

step "it is not root, cannot write, and has no pip"
run --rm --entrypoint python localhost/payment-filter:check -c '
import importlib.util, os, sys
assert os.getuid() == 10001, os.getuid()
assert "CapEff:\t0000000000000000" in open("/proc/self/status").read()
assert importlib.util.find_spec("pip") is None or not importlib.util.find_spec("pip").origin.startswith("/opt/venv")
try:
    open("/opt/venv/x", "w")
except OSError as error:
    print(error)
else:
    sys.exit("it can write to its own files")
'
version=$(run --rm localhost/payment-filter:check --version)
case "$version" in *"screening core: compiled, decoding core: compiled"*) echo "$version";; *) die "the image lacks a compiled core: $version";; esac

step "a worker from the image on a real Kafka"
"${PYTHON:-.venv/bin/python}" deploy/kafka/broker.py --port 29092 --folder "$work/kafka" >"$work/broker.log" 2>&1 &
broker=$!
export PAYMENT_FILTER_KAFKA_BOOTSTRAP=127.0.0.1:29092
for _ in $(seq 60); do grep -q "Kafka is ready" "$work/broker.log" && break; sleep 1; done
run --rm --env PAYMENT_FILTER_KAFKA_BOOTSTRAP localhost/payment-filter:check topics create
run --detach --name "$worker" --env PAYMENT_FILTER_KAFKA_BOOTSTRAP --env PAYMENT_FILTER_HTTP_PORT=29464 \
  --env PAYMENT_FILTER_LISTS=/opt/payment-filter/deploy/samples/lists \
  --env PAYMENT_FILTER_POLICY=/opt/payment-filter/deploy/policy.toml localhost/payment-filter:check >/dev/null
ready() { python3 -c 'import urllib.request as u; u.urlopen("http://127.0.0.1:29464/readyz", timeout=3)' 2>/dev/null; }
for _ in $(seq 60); do ready && break; sleep 1; done
ready || die "the worker did not get ready: $("${engine[@]}" logs "$worker" 2>&1 | tail -3)"
"${engine[@]}" stop --time 30 "$worker" >/dev/null
code=$("${engine[@]}" inspect --format '{{.State.ExitCode}}' "$worker")
[ "$code" = 0 ] || die "the worker ended with $code after SIGTERM"
step "ready, and ended in good order"
