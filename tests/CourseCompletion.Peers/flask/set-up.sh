#!/bin/sh
# Brings what the Flask peer needs: Debian's packages, and nothing else. Run it as root once a machine.
set -eu
packages="python3-flask python3-redis gunicorn redis-server"
missing=""
for package in $packages; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
apt-get update -qq
# Word splitting is meant: one argument a package.
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
