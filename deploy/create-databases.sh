#!/bin/sh
# Run once by the postgres image: one role and its databases for the service, one for Temporal.
set -eu

psql --username postgres --set ON_ERROR_STOP=1 \
    --set service="$TROPHEES_DATABASE_PASSWORD" --set engine="$TEMPORAL_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE trophees LOGIN PASSWORD :'service';
CREATE ROLE temporal LOGIN PASSWORD :'engine';
CREATE DATABASE trophees OWNER trophees;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
