#!/bin/sh
# jail.sh <empty folder> <production tree> <folder of Node> <secrets> <word for main.js>…
# What a container gives the process: a root of its own that nobody can write to, in which nothing is but the tree, Node, its libraries
# and a /tmp; an unprivileged user; and no way to more. For root, under `unshare --mount`; nothing of it is seen from outside.
set -eu
root=$1 tree=$2 node=$3 secrets=$4
shift 4
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH

mount -t tmpfs -o mode=755,size=1m yajin "$root"
cd "$root"
mkdir -p app node run/secrets tmp proc dev etc usr

join() { # <from> <to>, never to be written to
  mkdir -p "$2"
  mount --bind "$1" "$2"
  mount -o remount,bind,ro,nosuid "$2"
}

join "$tree" app
join "$node" node
join "$secrets" run/secrets
for libraries in usr/lib usr/lib64 lib lib64 usr/share/zoneinfo; do
  if [ -L "/$libraries" ]; then cp -P "/$libraries" "$libraries"; elif [ -d "/$libraries" ]; then join "/$libraries" "$libraries"; fi
done
for file in hosts resolv.conf nsswitch.conf; do
  if [ -f "/etc/$file" ]; then cp -L "/etc/$file" "etc/$file"; fi
done
mount --rbind /proc proc
mount --rbind /dev dev
mount -t tmpfs -o mode=1777,size=64m,nosuid,nodev yajin tmp
mount -o remount,ro "$root"

exec setpriv --no-new-privs chroot --userspec=65534:65534 --groups=65534 "$root" \
  /node/bin/node --enable-source-maps --max-semi-space-size=16 /app/apps/api/dist/main.js "$@"
