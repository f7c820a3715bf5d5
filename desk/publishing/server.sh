# What `make publish TO=ssh://…` runs on the server: one session a publish, commands from stdin.
# $1 is the folder, $2 who publishes. The server needs POSIX sh, GNU coreutils, util-linux, rsync.
#
#   site              a symbolic link to the release that readers see; the web server's root
#   releases/<name>/  releases, each whole, the old ones' assets added
#   releases/<name>.assets   the assets that are a release's own
#   releases/history  their names in the order published; `site` says which is the current one
#   releases/kept     "<second when replaced> <path>" of each old asset that the current one has
#   releases/.next/   an upload that is not finished; the next one goes on from it
#
# A client that dies closes stdin: the shell ends and so does the lock (flock(2), nothing to clean
# up). Readers depend on `site` alone, which one rename(2) replaces.
set -eu
umask 022
export LC_ALL=C
keep_days=30
keep_releases=5

if [ ! -e "$1/releases/.lock" ] && [ -n "$(ls -A "$1/releases" 2>/dev/null)" ]; then
    echo "releases holds other files" >&2 # nothing in it is ours to delete
    exit 1
fi
mkdir -p "$1/releases"
cd "$1"
exec 9>>releases/.lock
if ! flock -n 9; then
    echo "busy $(cat releases/.lock)"
    exit 0
fi
echo "$2" >releases/.lock

replace() { mv -T "releases/${1##*/}.new" "$1"; }

# What a publish killed on the way left behind. An unfinished upload stays, to go on from it.
tidy() {
    rm -rf releases/.gone releases/*.new
    touch releases/history releases/kept
    if [ -d site ] && [ ! -L site ]; then # served until now without releases
        current=../site
    elif [ -L site ]; then
        current=$(basename "$(readlink site)")
        grep -qxF "$current" releases/history || echo "$current" >>releases/history
    else
        current=
    fi
}

# A folder that was no release becomes the first: two renames, the only time that one is not enough.
adopt() {
    current=before-$(date +%Y%m%d%H%M%S)
    (cd site && find assets search -type f 2>/dev/null || true) >"releases/$current.assets"
    mv -T site "releases/$current"
    echo "$current" >>releases/history
}

# Gives a release the assets of those before it that were replaced less than 30 days ago: a page
# that is open, or in a cache, names them.
inherit() {
    now=$(date +%s)
    {
        sed "s/^/$now /" "releases/$current.assets"
        awk -v since=$((now - keep_days * 86400)) '$1 >= since' releases/kept
    } | awk '{ path = substr($0, index($0, " ") + 1) } !seen[path]++' >releases/kept.new
    replace releases/kept
    while read -r _ file; do
        [ -e "releases/$1/$file" ] || [ ! -e "releases/$current/$file" ] && continue
        [ -d "releases/$1/${file%/*}" ] || mkdir -p "releases/$1/${file%/*}"
        ln "releases/$current/$file" "releases/$1/$file"
    done <releases/kept
}

# Shows a release; the history ends with it.
show() {
    if [ -n "$current" ] && [ "$current" != "$1" ]; then inherit "$1"; fi
    sync -f releases 2>/dev/null || sync
    ln -s "releases/$1" releases/site.new
    replace site
    current=$1
}

forget() {
    tail -n $keep_releases releases/history >releases/history.new
    replace releases/history
    for list in releases/*.assets; do
        name=$(basename "$list" .assets)
        case $name in before-*) continue ;; esac # not made by us, perhaps nowhere else
        grep -qxF "$name" releases/history && continue
        mv -T "releases/$name" releases/.gone 2>/dev/null || true
        rm -rf releases/.gone "$list"
    done
}

tidy
echo "ready $(date +%s) $current"
# A line now and then: writing to a client that is gone ends the session, and with it the lock.
while sleep 20 >/dev/null 2>&1; do echo .; done 9>&- &
beats=$!
trap 'kill $beats; rm -f releases/own.new' EXIT

: >releases/own.new
while read -r command argument; do
    case $command in
    has) [ -f "releases/$argument.assets" ] && [ -d "releases/$argument" ] && echo yes || echo no ;;
    like) # a folder named by a digest begins as the one in its place: rsync sends what differs
        old=
        own="releases/$current.assets"
        if [ -f "$own" ] && [ ! -e "releases/.next/$argument" ]; then
            old=$(sed -n "s|^\(${argument%/*}/[0-9a-f]\{10\}\)/.*|\1|p" "$own" | head -n 1)
            mkdir -p "releases/.next/${argument%/*}"
            [ -z "$old" ] || cp -al "releases/$current/$old" "releases/.next/$argument"
        fi
        echo "$old"
        ;;
    asset) echo "$argument" >>releases/own.new ;;
    show)
        [ "$current" != ../site ] || adopt
        mv -T releases/own.new "releases/$argument.assets" # first: `forget` finds a folder by it
        if [ ! -d "releases/$argument" ]; then mv -T releases/.next "releases/$argument"; fi
        sed "/^$current\$/q" releases/history | grep -vxF "$argument" >releases/history.new || true
        show "$argument"
        echo "$argument" >>releases/history.new
        replace releases/history
        forget
        echo "shown $argument"
        ;;
    back)
        before=$(sed "/^$current\$/q" releases/history | tail -n 2 | head -n 1)
        if [ "$before" = "$current" ] || [ ! -d "releases/$before" ]; then
            echo none
        else
            show "$before"
            echo "shown $before"
        fi
        ;;
    esac
done
