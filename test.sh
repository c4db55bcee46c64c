#!/usr/bin/env bash
# Installs what the tests need, then runs every check and test of the project.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

# Debian's packages that the tests use, each with a file that shows it is there.
packages=()
need() { [ -e "$2" ] || packages+=("$1"); }
need python3-confluent-kafka /usr/lib/python3/dist-packages/confluent_kafka
need python3-avro /usr/lib/python3/dist-packages/avro
need python3-requests /usr/lib/python3/dist-packages/requests
need docker-compose /usr/bin/docker-compose
command -v npm >/dev/null || packages+=(nodejs npm)

if [ "${#packages[@]}" -gt 0 ]; then
    echo "test.sh: installing ${packages[*]}"
    sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo -n)
    if ! { "${sudo[@]}" apt-get -q update && "${sudo[@]}" apt-get -q install -y --no-install-recommends "${packages[@]}"; }; then
        echo "test.sh: could not install: ${packages[*]}; install them by hand and run test.sh again" >&2
        exit 70
    fi
fi
if ! (cd examples/node && npm ci --ignore-scripts --no-audit --no-fund); then
    echo "test.sh: could not install the npm packages of examples/node (kafkajs and @kafkajs/confluent-schema-registry)" >&2
    exit 70
fi

docker-compose -f docker-compose.yml config -q && echo "test.sh: docker-compose.yml is valid"
exec mvn -B verify "$@"
