#!/usr/bin/env bash
# PostgreSQL's image runs this once, on an empty volume.
set -euo pipefail
psql --no-psqlrc -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v owner_password="$(cat /run/secrets/owner_password)" \
  -v app_password="$(cat /run/secrets/app_password)" \
  -f /etc/yajin/roles.sql
