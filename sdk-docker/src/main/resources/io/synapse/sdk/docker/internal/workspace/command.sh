# Executes a command of an agent. Answers with
#   NUL, the word, a blank, the process id of this shell, a line end
# then what the command writes, and at its end
#   NUL, the word, a blank, the exit code, a blank, how many processes were killed for lack of memory, a line end
# so that a process in the background that keeps the output open delays nothing. With an output file, all goes there, and
# of more than $5 bytes only the first and the last half come after the command's end, the count of the others last.
word=$1 folder=$2 command=$3 file=$4 limit=$5
umask 002

memory_kills() {
  kills=0
  for events in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
    [ ! -r "$events" ] || while read -r name count; do
      [ "$name" != oom_kill ] || kills=$count
    done <"$events"
  done
}

printf '\0%s %s\n' "$word" "$$"
omitted=0
memory_kills
before=$kills
trap : TERM # of the whole group: this shell tells how the command took it
exec 2>/dev/null # what it says itself of a command that is killed
if ! cd -- "$folder" 2>&1; then
  code=126
elif [ -z "$file" ]; then
  (exec sh -c -- "$command" 2>&1 </dev/null)
  code=$?
elif (: >"$file") 2>/dev/null; then
  (exec sh -c -- "$command" >"$file" 2>&1 </dev/null)
  code=$?
  size=$(stat -c %s -- "$file")
  if [ "$size" -le "$limit" ]; then
    cat -- "$file"
  else
    head -c $((limit / 2)) -- "$file"
    tail -c $((limit - limit / 2)) -- "$file"
    omitted=$((size - limit))
  fi
else
  echo "the output file cannot be written: $file"
  code=126
fi
memory_kills
printf '\0%s %s %s %s\n' "$word" "$code" $((kills - before)) "$omitted"
