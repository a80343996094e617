# Runs a server for as long as the JVM that started it lives and leaves nothing behind.
# Standard input is a pipe from that JVM: its end means "stop", also when the JVM was killed.
# usage: sh run.sh SIGNAL FOLDER COMMAND...; SIGNAL stops the server, FOLDER is removed after it
signal=$1 folder=$2
shift 2
trap : INT TERM HUP
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{
  cat <&3
  kill -s "$signal" "$server"
  sleep 10
  kill -s KILL "$server"
} >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$server"
status=$?
while kill -s 0 "$server" 2>/dev/null; do # a signal to this shell ends its wait early
  wait "$server"
  status=$?
done
kill "$watch" 2>/dev/null
rm -rf "$folder"
exit "$status"
