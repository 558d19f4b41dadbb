#!/usr/bin/env bash
# Brings deploy/compose.yaml up with podman where no registry of images is in reach, and judges it: all of it but Grafana.
#
#   make check-containers COMPOSE=1   # builds the filter's image first, and calls this
#
# Kafka, Prometheus and Alertmanager run in images made here on the filter's own base: Kafka from the jars of the local
# broker, the others from Debian's packages. The compose file is taken as it is; an override names these images.
# Needs podman, podman-compose (PyPI), names on podman's networks (Debian 12: golang-github-containernetworking-plugin-dnsname),
# prometheus and prometheus-alertmanager. RUNTIME, BUILD_OPTIONS and RUN_OPTIONS are as in check-containers.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
BASE=${BASE:-localhost/payment-filter-base}
BIN=${BIN:-.venv/bin}
PROJECT="payment-filter-check-$$"
work=$(mktemp -d)
engine=(podman --runtime "${RUNTIME:-runc}")
read -r -a build_options <<<"${BUILD_OPTIONS:-}"
read -r -a run_options <<<"${RUN_OPTIONS:-}"
export PAYMENT_FILTER_VERSION=check PAYMENT_FILTER_BASE=$BASE

die() { echo "check-compose: $*" >&2; exit 1; }
step() { printf '== %s\n' "$*"; }
compose() {
  "$BIN/podman-compose" --podman-args="--runtime ${RUNTIME:-runc}" --podman-run-args="${RUN_OPTIONS:-}" \
    --project-name "$PROJECT" --file deploy/compose.yaml --file "$work/override.yaml" "$@" >>"$work/compose.log" 2>&1
}
container() { echo "${PROJECT}_$1_1"; }
finish() {
  compose down --volumes --timeout 20 || true
  "${engine[@]}" rmi --force "localhost/$PROJECT"-{kafka,prometheus,alertmanager} >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT
within() { # seconds, sentence, command...
  local until=$((SECONDS + $1)) what=$2
  shift 2
  while ! "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || die "not in time: $what; $(tail -3 "$work/compose.log")"
    sleep 1
  done
}
# Nothing runs the healthchecks of podman where there is no systemd, so they are run from here.
healthy() { within 90 "the healthcheck of $1 passes" "${engine[@]}" healthcheck run "$(container "$1")"; }
ended_well() {
  within 90 "$1 ends with 0" test_state "$1" "exited 0"
}
test_state() { [ "$("${engine[@]}" inspect --format '{{.State.Status}} {{.State.ExitCode}}' "$(container "$1")")" = "$2" ]; }
answers() { python3 - "$1" "${2:-}" <<'PYTHON'
import sys, urllib.request
said = urllib.request.urlopen(sys.argv[1], timeout=3).read().decode()
sys.exit(sys.argv[2] not in said)
PYTHON
}
send() { # from inside the network, as a hub does
  "${engine[@]}" run --rm "${run_options[@]}" --network "${PROJECT}_default" --read-only --cap-drop all --entrypoint python \
    --volume "$PWD/deploy/connect:/connect:ro" --volume "$PWD/deploy/samples/payments:/payments:ro" \
    --env PAYMENT_FILTER_KAFKA_BOOTSTRAP=kafka:9092 localhost/payment-filter:check \
    /connect/connect.py send /payments/pacs008/0001-instant.xml /payments/pacs008/0031-listed-text.xml
}

[ -x "$BIN/podman-compose" ] || die "podman-compose is not installed: $BIN/pip install podman-compose"
for tool in podman prometheus prometheus-alertmanager; do
  command -v "$tool" >/dev/null || die "$tool is not installed (Debian: apt-get install $tool)"
done

step "images for Kafka, Prometheus and Alertmanager, on $BASE"
mkdir -p "$work"/{kafka/bin,prometheus,alertmanager}
java=$("$BIN/python" -c 'from streams.edge.java import find_java, libraries; java = find_java(); print(java.parents[1], libraries(java))')
cp -RL "${java% *}" "$work/kafka/java" 2>/dev/null || true # what a JDK links to outside itself is not needed
cp -R "${java#* }" "$work/kafka/libs"
cp deploy/kafka/log4j2.yaml "$work/kafka/"
cat >"$work/kafka/bin/start" <<'SH'
#!/bin/sh
# As the image of Apache Kafka does: KAFKA_SOME_NAME is some.name.
set -eu
env | sed -n 's/^KAFKA_\([A-Z_]*\)=/\1=/p' | while IFS='=' read -r name value; do
  echo "$(echo "$name" | tr 'A-Z_' 'a-z.')=$value"
done >/tmp/server.properties
run() { exec /opt/kafka/java/bin/java -Xmx384m -Dlog4j2.configurationFile=/opt/kafka/log4j2.yaml -cp '/opt/kafka/libs/*' "$@"; }
(run kafka.tools.StorageTool format --ignore-formatted -t 4L6g3nShT-eMCtK--X86sw -c /tmp/server.properties)
run kafka.Kafka /tmp/server.properties
SH
cat >"$work/kafka/bin/kafka-broker-api-versions.sh" <<'SH'
#!/bin/bash
# The jars of the local broker have no tools in them: whether it listens must do.
exec 3<>"/dev/tcp/${2%:*}/${2#*:}"
SH
chmod 0755 "$work"/kafka/bin/*
cat >"$work/kafka/Dockerfile" <<DOCKER
FROM $BASE
COPY . /opt/kafka
RUN mkdir -p /var/lib/kafka/data && chown 1000:1000 /var/lib/kafka/data
USER 1000
CMD ["/opt/kafka/bin/start"]
DOCKER
for one in prometheus alertmanager; do
  program=$(command -v "prometheus-$one" || command -v "$one")
  cp "$program" "$work/$one/$one"
  mkdir "$work/$one/share" # Debian's Alertmanager reads its templates there
  [ ! -d "/usr/share/prometheus/$one" ] || cp -R "/usr/share/prometheus/$one/." "$work/$one/share"
  cat >"$work/$one/Dockerfile" <<DOCKER
FROM $BASE
COPY $one /bin/$one
COPY share /usr/share/prometheus/$one
RUN mkdir -p /$one && chown 65534:65534 /$one
USER 65534
WORKDIR /$one
ENTRYPOINT ["/bin/$one"]
DOCKER
done
{
  echo "services:"
  for one in kafka prometheus alertmanager; do
    "${engine[@]}" build --isolation chroot "${build_options[@]}" --tag "localhost/$PROJECT-$one" "$work/$one" \
      >>"$work/build.log" 2>&1 || die "the image for $one was not built: $(tail -3 "$work/build.log")"
    printf '  %s: {image: "localhost/%s-%s"}\n' "$one" "$PROJECT" "$one"
  done
} >"$work/override.yaml"

step "up: Kafka, topics, lists, two workers, Prometheus, Alertmanager"
compose up --detach --no-build --no-deps kafka || die "$(tail -3 "$work/compose.log")"
healthy kafka
for one in topics lists; do
  compose up --detach --no-build --no-deps "$one" || die "$(tail -3 "$work/compose.log")"
  ended_well "$one"
done
compose up --detach --no-build --no-deps filter-0 filter-1 prometheus alertmanager || die "$(tail -3 "$work/compose.log")"
for one in filter-0 filter-1; do healthy "$one"; done
for port in 9464 9465; do within 60 "the worker on port $port is ready" answers "http://127.0.0.1:$port/readyz"; done

step "payments get their outcomes, before and after a worker is stopped"
[ "$(send | cut -d' ' -f2 | sort | tr '\n' ' ')" = "execute suspend " ] || die "two payments did not get their outcomes"
"${engine[@]}" stop --time 30 "$(container filter-0)" >/dev/null
test_state filter-0 "exited 0" || die "a worker did not end in good order after SIGTERM"
[ "$(send | wc -l)" = 2 ] || die "the other worker did not go on"

step "Prometheus finds the workers, judges the rules and knows Alertmanager"
query='http://127.0.0.1:9090/api/v1'
within 60 "Prometheus has scraped the worker" answers "$query/query?query=up%7Binstance%3D%22filter-1%3A9464%22%7D%3D%3D1" '"value"'
within 30 "Prometheus has the rules" answers "$query/rules" PaymentFilterNoneReady
within 90 "Prometheus sees that a worker is gone" answers "$query/alerts" PaymentFilterWorkerDown
within 30 "Prometheus knows Alertmanager" answers "$query/alertmanagers" alertmanager:9093
within 120 "Alertmanager has the alert" answers "http://127.0.0.1:9093/api/v2/alerts" PaymentFilterWorkerDown
step "compose.yaml works; Grafana was not started, there being no package of it"
