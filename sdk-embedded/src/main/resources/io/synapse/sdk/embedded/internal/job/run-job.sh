# Runs one job: sh run-job.sh <job's directory>. What to run, in which environment, is in its file job.sh. This is the
# leader of the job's process group and outlives the agent, so that the exit code is on record whatever happens to the
# agent meanwhile.
directory=$1

# Who we are, for an agent that comes back: a pid alone may be another process by then.
read -r boot </proc/sys/kernel/random/boot_id 2>/dev/null || exit 70
started=$(cut -d ' ' -f 22 "/proc/$$/stat")
printf '%s %s:%s\n' "$$" "$boot" "$started" >"$directory/claim.$$" || exit 70

# The job runs once, even when an agent that died in between asks for it again: a link is made by one process only.
ln "$directory/claim.$$" "$directory/claim" 2>/dev/null
claimed=$?
rm -f "$directory/claim.$$"
[ "$claimed" -eq 0 ] || exit 71

# TERM goes to the whole group. The entrypoint gets it as it is (a trap is not inherited); we stay to take the record.
trap : TERM INT HUP QUIT
/bin/sh "$directory/job.sh" </dev/null >>"$directory/log" 2>&1
end="$? $(date +%s%3N)"

# Packages that were installed for the job may be gigabytes. Before the record: once it is there, the job can be deleted.
rm -rf "$directory/venv"
printf '%s\n' "$end" >"$directory/exit.tmp" && mv "$directory/exit.tmp" "$directory/exit"
