# Executes a command of an agent. Answers with
#   NUL, the word, a blank, the process id of this shell, a line end
# then what the command writes, and at its end
#   NUL, the word, a blank, the exit code, a blank, how many processes were killed for lack of memory, a line end
# so that a process in the background that keeps the output open delays nothing. With an output file, all goes there, and
# of more than $5 bytes only the first and the last half come after the command's end, the count of the others last.
# A command has a lower priority than what serves the agents, so that one that takes all it can get does not keep its own end
# from beginning.
word=$1 folder=$2 command=$3 file=$4 limit=$5
umask 002
nice=
! command -v nice >/dev/null || nice='nice -n 10'

memory_kills() {
  kills=0
  for events in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
    [ ! -r "$events" ] || while read -r name count; do
      [ "$name" != oom_kill ] || kills=$count
    done <"$events"
  done
}

# Also where the shell gives up, since it can start no process.
tell_end() {
  [ -z "$why" ] || echo "$why"
  memory_kills
  printf '\0%s %s %s %s\n' "$word" "$code" $((kills - before)) "$omitted"
}

printf '\0%s %s\n' "$word" "$$"
code=126 omitted=0 why='no process can be started: the container has as many as it may have'
memory_kills
before=$kills
trap tell_end EXIT
trap : TERM # of the whole group: this shell tells how the command took it
exec 2>/dev/null # what it says itself of a command that is killed
if ! cd -- "$folder" 2>&1; then
  why=
elif [ -z "$file" ]; then
  (exec $nice sh -c -- "$command" 2>&1 </dev/null)
  code=$? why=
elif (: >"$file") 2>/dev/null; then
  (exec $nice sh -c -- "$command" >"$file" 2>&1 </dev/null)
  code=$? why=
  size=$(stat -c %s -- "$file")
  if [ "$size" -le "$limit" ]; then
    cat -- "$file"
  else
    head -c $((limit / 2)) -- "$file"
    tail -c $((limit - limit / 2)) -- "$file"
    omitted=$((size - limit))
  fi
else
  why="the output file cannot be written: $file"
fi
