# Runs one job: sh run-job.sh <job's directory> [<cgroup to make the job's in>]. What to run, in which environment, is in
# the file job.sh of the directory. This is the leader of the job's session and outlives the agent, so that the exit code
# is on record whatever happens to the agent meanwhile.
directory=$1
cgroups=$2
umask=$(umask)
umask 077 # jobs and logs hold secrets

# Who we are, for an agent that comes back: a pid alone may be another process by then. The 22nd field of stat is the
# time of the start; the second, the command in brackets, may hold anything.
read -r boot </proc/sys/kernel/random/boot_id 2>/dev/null || exit 70
read -r stat </proc/$$/stat || exit 70
set -- ${stat##*) }
started=$boot:${20}
printf '%s %s\n' "$$" "$started" >"$directory/claim.$$" || exit 70

# Room for the record of the end, which must not depend on the disk as it will be then.
printf '%-40s\n' running >"$directory/exit.$$" || exit 70
sync "$directory/claim.$$" "$directory/exit.$$" 2>/dev/null || :

# The job runs once, even when an agent that died in between asks for it again: a link is made by one process only.
ln "$directory/claim.$$" "$directory/claim" 2>/dev/null || {
  rm -f "$directory/claim.$$" "$directory/exit.$$"
  exit 71
}

# Runs however this shell ends, but for KILL: where it can start no process, for instance, the job has not begun. The
# record is written over what is there, by the shell itself: needs neither room on the disk nor another process. The time
# of the end is the file's.
code=
end() {
  [ -z "$cgroups" ] || printf '%s\n' "$$" >"$cgroups/cgroup.procs" # so that only what the job left is in its own
  case $code in '') outcome='not started' ;; *) outcome="$code ended" ;; esac
  until printf '%-40s\n' "$outcome" 1<>"$directory/exit"; do
    [ -d "$directory" ] || exit 72
    sleep 1
  done
}
trap end EXIT
mv "$directory/exit.$$" "$directory/exit"
rm -f "$directory/claim.$$"

# Where the kernel keeps count of all that the job starts. The mark in the environment serves where it does not; a job
# within a job has both marks.
cgroup=$cgroups/synapse-job-$$-${20}
if [ -n "$cgroups" ] && mkdir "$cgroup" && printf '%s\n' "$$" >"$cgroup/cgroup.procs"; then
  printf '%s\n' "$cgroup" >"$directory/cgroup"
fi
export SYNAPSE_JOBS="${SYNAPSE_JOBS:+$SYNAPSE_JOBS }$$@$started"

# TERM goes to all of the job. The entrypoint gets it as it is (a trap is not inherited); we stay to take the record.
trap : TERM INT HUP QUIT
(
  umask "$umask"
  exec /bin/sh "$directory/job.sh"
) </dev/null >>"$directory/log" 2>&1
code=$?

# Packages that were installed for the job may be gigabytes. Before the record: once it is there, the job can be deleted.
[ ! -d "$directory/venv" ] || rm -rf "$directory/venv"
