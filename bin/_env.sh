# Sourced by the other commands, which set $root: finds .venv, reads .env. What is already set, wins.
if [ ! -x "$root/.venv/bin/interlude" ]; then
    echo "Interlude is not set up here yet. Run bin/setup first." >&2
    exit 1
fi
if [ -f "$root/.env" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
        name=${line%%=*}
        case $name in
            *[!A-Z0-9_]* | "") continue ;;
            [A-Z]*) eval "[ -n \"\${$name+set}\" ]" || export "$name=${line#*=}" ;;
        esac
    done < "$root/.env"
fi
export INTERLUDE_DATA="${INTERLUDE_DATA:-$root/var}"
