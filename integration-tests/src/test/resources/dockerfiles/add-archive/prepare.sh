#!/bin/sh
# Makes the archives of this case: the fixtures themselves are never stored.
set -e
mkdir -p in/sub
echo one > in/one
echo two > in/sub/two
ln -s one in/link
ln in/one in/hard
chmod 750 in/sub
tar --numeric-owner --owner=12 --group=34 --mtime=@1000000000 -C in -cf plain.tar .
tar --owner=0 --group=0 --mtime=@1000000000 -C in -czf zipped.tar.gz one sub
echo "just text" | gzip -n > not-an-archive.gz
echo file > file
rm -r in
