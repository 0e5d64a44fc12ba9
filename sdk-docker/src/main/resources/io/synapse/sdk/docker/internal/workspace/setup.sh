# Functions of the shell of the workspace itself, which is root: folders, users, snapshots.
workspace=/workspace
own=$workspace/.synapse
first_user=2001

# Makes the folders that every workspace has, and checks that the programs are there which the shells need. Agents have
# the group $1.
set_up() {
  for program in cat chmod chown dd find grep head ln mkdir mv readlink rm sha256sum stat tail tar touch; do
    command -v "$program" >/dev/null || {
      echo "$program" >&2
      return 50
    }
  done
  mkdir -p -- "$own/users" "$workspace/shared" \
    && chown 0:0 "$workspace" "$own" && chmod 755 "$workspace" && chmod 700 "$own" \
    && chown "0:$1" "$workspace/shared" && chmod 2770 "$workspace/shared" \
    && touch "$own/lease" || return 49
}

# Prints the user id of the agent $1, who is made if there is none: who has its folder. A new one gets the id $2, if that is
# given, or else the first that no agent ever had.
add_agent() {
  folder=$workspace/$1 user=${2-}
  if [ ! -d "$folder" ]; then
    [ ! -e "$folder" ] && [ ! -L "$folder" ] || return 41
    [ -n "$user" ] || take_user || return
    rm -rf -- "$own/new-$user"
    mkdir -- "$own/new-$user" && chmod 750 "$own/new-$user" && chown "$user:$user" "$own/new-$user" \
      && mv -- "$own/new-$user" "$folder" || return 49
  fi
  [ ! -L "$folder" ] || return 41
  user=$(stat -c %u -- "$folder") || return 49
  [ "$user" -ge "$first_user" ] || return 42
  echo "$user"
}

take_user() {
  user=$first_user
  until mkdir -- "$own/users/$user" 2>/dev/null; do
    [ -d "$own/users/$user" ] || return 49
    user=$((user + 1))
  done
}

# Kills all processes of the user $1, who cannot do anything to this shell. Starts no process itself. All are stopped
# first, since what is stopped makes no other.
end_user() {
  round=0
  while [ "$round" -lt 200 ]; do
    round=$((round + 1)) found= active= listed=' '
    find_more_of "$1"
    find_more_of "$1" # which one that has ended since then has made
    [ -n "$found" ] || return 0
    if [ -n "$active" ]; then
      kill -STOP $active 2>/dev/null
    else
      kill -KILL $found 2>/dev/null
    fi
  done
  return 49
}

# Adds the processes of the user $1 that are not $listed to those $found, and those that are not stopped to the $active.
find_more_of() {
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    case $listed in *" $pid "*) continue ;; esac
    listed="$listed$pid "
    read_owner "$folder/status"
    [ "$owner" = "$1" ] && [ "$state" != Z ] || continue
    found="$found $pid"
    [ "$state" = T ] || active="$active $pid"
  done
}

# Sets $state and $owner to what a file of /proc says. It reads a character at a time, so it reads no more than it needs.
read_owner() {
  state= owner=
  while [ -z "$owner" ] && read -r name value rest; do
    case $name in
      State:) state=$value ;;
      Uid:) owner=$value ;;
    esac
  done <"$1"
} 2>/dev/null

# Prints the names of the agents.
agents() {
  cd "$workspace" || return 49
  for name in * .*; do
    [ -d "./$name" ] && [ ! -L "./$name" ] && [ "$(stat -c %u -- "./$name")" -ge "$first_user" ] && echo "$name"
  done
  return 0
}

# Removes what was being written when the container ended.
remove_drafts() {
  find "$workspace" -type f -name '.synapse-*.tmp' -exec rm -f -- {} +
  return 0
}

renew_lease() {
  touch "$own/lease" || return 49
}

# Writes a tar archive of the workspace.
save() {
  cd "$workspace" || return 49
  tar -cf - --numeric-owner . || {
    # GNU: a file was written meanwhile
    [ $? = 1 ] && case $(tar --version 2>/dev/null) in *GNU*) ;; *) false ;; esac || return 49
  }
}

# Begins to read an archive: what is added next.
begin_restore() {
  rm -rf -- "$own/restored" "$own/replaced" && mkdir -- "$own/restored" "$own/replaced" || return 49
  temporary=$own/restored.tar
}

# Puts the files of the archive in the place of those of the workspace.
restore() {
  tar -xpf "$temporary" --numeric-owner -C "$own/restored" && [ -d "$own/restored/.synapse/users" ] || {
    rm -rf -- "$own/restored"
    clean_up
    return 49
  }
  clean_up
  cd "$workspace" || return 49
  move_all . "$own/replaced" && move_all "$own/restored" . || return 49
  for user in "$own/restored/.synapse/users"/*; do
    mkdir -p -- "$own/users/${user##*/}" || return 49 # beside those of now, which are not given to others
  done
  rm -rf -- "$own/restored" "$own/replaced"
}

# Moves what is in the folder $1, except our own folder, into the folder $2.
move_all() {
  for name in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case ${name##*/} in .synapse) continue ;; esac
    [ ! -e "$name" ] && [ ! -L "$name" ] || mv -- "$name" "$2/" || return
  done
}
