# Runs one job: sh run-job.sh <job's directory>. What to run, in which environment, is in its file job.sh. This is the
# leader of the job's process group and outlives the agent, so that the exit code is on record whatever happens to the
# agent meanwhile.
directory=$1
umask=$(umask)
umask 077 # jobs and logs hold secrets

# Who we are, for an agent that comes back: a pid alone may be another process by then.
read -r boot </proc/sys/kernel/random/boot_id 2>/dev/null || exit 70
started=$(cut -d ' ' -f 22 "/proc/$$/stat")
printf '%s %s:%s\n' "$$" "$boot" "$started" >"$directory/claim.$$" || exit 70

# Room for the record of the end, which must not depend on the disk as it will be then.
printf '%-40s\n' running >"$directory/exit.$$" || exit 70
sync "$directory/claim.$$" "$directory/exit.$$" 2>/dev/null || :

# The job runs once, even when an agent that died in between asks for it again: a link is made by one process only.
ln "$directory/claim.$$" "$directory/claim" 2>/dev/null
claimed=$?
rm -f "$directory/claim.$$"
[ "$claimed" -eq 0 ] || {
  rm -f "$directory/exit.$$"
  exit 71
}
mv "$directory/exit.$$" "$directory/exit"

# TERM goes to the whole group. The entrypoint gets it as it is (a trap is not inherited); we stay to take the record.
trap : TERM INT HUP QUIT
(
  umask "$umask"
  exec /bin/sh "$directory/job.sh"
) </dev/null >>"$directory/log" 2>&1
code=$?

# Packages that were installed for the job may be gigabytes. Before the record: once it is there, the job can be deleted.
rm -rf "$directory/venv"

# Written over what is there, by the shell itself: needs neither room on the disk nor another process. The time of the
# end is the file's.
until printf '%-40s\n' "$code ended" 1<>"$directory/exit"; do
  [ -d "$directory" ] || exit 72
  sleep 1
done 2>/dev/null
