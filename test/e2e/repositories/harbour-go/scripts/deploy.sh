#!/bin/sh
# How it is deployed today.
set -e
GOOS=linux GOARCH=amd64 go build -o harbour ./cmd/server
scp harbour deploy@harbour.example:/opt/harbour/
ssh deploy@harbour.example sudo systemctl restart harbour
