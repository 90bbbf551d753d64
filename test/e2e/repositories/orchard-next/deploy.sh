#!/bin/sh
set -e
ssh cupboard "cd orchard && git pull && docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d"
