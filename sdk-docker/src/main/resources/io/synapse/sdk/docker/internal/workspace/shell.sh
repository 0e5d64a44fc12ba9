# The shell that serves the file operations of one user of a workspace. It evaluates the lines that it reads, each a call
# of a function below with quoted arguments, and answers each with
#   what the call writes, NUL, the word, a blank, the status, a line end
# Nothing but POSIX, in a shell whose printf and test are its own (dash, BusyBox, bash).
#
# Status 40: not found, 41: not a folder, 42: no right, 43: outside the workspace, 44: a folder, 45: not a regular file,
# 46: another version, 47: there is one, 48: too many links, 49: failed, the standard error says why, 51: not all is
# deleted.
word=$1
LC_ALL=C TZ=UTC0
export LC_ALL TZ
unset CDPATH
umask 002
line_end='
'
temporary= is_broken= as_text=unknown

# Removes a file that was put and not committed.
clean_up() {
  [ -z "$temporary" ] || rm -f -- "$temporary"
  temporary=
}
trap 'clean_up; trap - EXIT; exit' TERM HUP INT

# A shell that cannot start a process ends, and its own words may go where that process should write.
exec 4>&2
trap 'echo "cannot fork" >&4' EXIT

# Enters the folder $1, or the last folder on the way to it that exists; what is missing after that is in $rest. What is
# outside the workspace is never told apart.
enter() {
  at=$1 rest= followed=0
  until cd -P -- "$at/" 2>/dev/null; do
    if [ -d "$at/" ]; then
      problem=42
    elif [ -e "$at" ]; then
      problem=41
    elif [ -L "$at" ]; then
      follow "$at" || return
      at=$target
      continue
    else
      rest=${at##*/}${rest:+/$rest} at=${at%/*}
      continue
    fi
    real=$(readlink -f -- "$at") && inside "$real" || return 43
    return "$problem"
  done
}

# Sets $target to where the link $1 leads, which may be a link too.
follow() {
  followed=$((followed + 1))
  [ "$followed" -le 40 ] || return 48
  target=$(readlink "$1" && echo .) || return 49
  target=${target%??}
  case $target in
    /*) ;;
    *) target=${1%/*}/$target ;;
  esac
}

# Enters a folder that must exist, be one of the workspace, and be readable.
enter_readable() {
  enter "$1" || return
  inside "$PWD" || return
  [ -z "$rest" ] || return 40
  [ -r . ] || return 42
}

# Enters the real folder of the path $1 and sets $base to the name in it; what is missing on the way is in $rest, the
# real path in $real. Links are followed.
locate() {
  path=$1 hops=0
  while :; do
    base=${path##*/}
    case $base in
      '' | . | ..)
        enter "$path" || return
        [ "$PWD" != / ] || return 43
        inside "$PWD" || return
        [ -z "$rest" ] || return 40
        path=$PWD
        continue
        ;;
    esac
    enter "${path%/*}" || return
    { [ -z "$rest" ] && [ -L "./$base" ]; } || break
    hops=$((hops + 1)) followed=0
    [ "$hops" -le 40 ] || return 48
    follow "${PWD%/}/$base" || return
    path=$target
  done
  real=${PWD%/}${rest:+/$rest}/$base
  inside "$real"
}

# The same for the path itself, if it is a link.
locate_link() {
  base=${1##*/}
  enter "${1%/*}" || return
  real=${PWD%/}${rest:+/$rest}/$base
  inside "$real"
}

# Prints the real path of $1, NUL, and what is there, if anything is: its mode in octal.
describe() {
  locate "$1" || return
  printf '%s\0' "$real"
  { [ -n "$rest" ] || [ ! -e "./$base" ]; } || stat -c %a -- "./$base"
}

# Prints the real path of $1 itself and NUL.
describe_link() {
  locate_link "$1" || return
  printf '%s\0' "$real"
}

# Prints the real path of a file, NUL, and its content.
get() {
  locate "$1" || return
  [ -z "$rest" ] && [ -e "./$base" ] || return 40
  [ ! -d "./$base" ] || return 44
  [ -f "./$base" ] || return 45
  [ -r "./$base" ] || return 42
  printf '%s\0' "$real"
  cat -- "./$base"
}

# Enters the real folder $1, which is made if it is missing; it may have become a link since it was located.
make_folder() {
  enter "$1" || return
  inside "$PWD" || return
  if [ -n "$rest" ]; then
    [ -w . ] || return 42
    mkdir -p -- "./$rest" && cd -P -- "./$rest" || return 49
  fi
  [ "$PWD" = "$1" ] || return 43
  [ -w . ] || return 42
}

# Begins the file $2 in the real folder $1 with $3 blocks of 64 KiB and $4 bytes of the input.
begin() {
  make_folder "$1" || { status=$? is_broken=1; return "$status"; }
  temporary=$1/$2
  add "$3" "$4"
}

# Adds $1 blocks and $2 bytes to it. When that fails, what follows in the input is not known.
add() {
  {
    { [ "$1" = 0 ] || dd bs=65536 count="$1" iflag=fullblock; } \
      && { [ "$2" = 0 ] || dd bs="$2" count=1 iflag=fullblock; }
  } <&3 >>"$temporary" || { is_broken=1; return 49; }
}

# Puts the file $2 of the real folder $1 in the place of $3, with the mode $4 unless it is empty, if $5 holds: "none",
# "absent", or the version that is there. Removes it if not.
commit() {
  replace "$@" && temporary= && return
  status=$?
  clean_up
  return "$status"
}

replace() {
  enter "$1" && [ "$PWD" = "$1" ] || return 43
  [ ! -d "./$3" ] || return 44
  check_version "./$3" "$5" || return
  [ -z "$4" ] || chmod "$4" "./$2" || return 49
  [ "$5" = absent ] || { mv -f -- "./$2" "./$3" || return 49; return 0; }
  ln -- "./$2" "./$3" 2>/dev/null || {
    [ -e "./$3" ] || [ -L "./$3" ] || return 49
    return 47
  }
  rm -f -- "./$2"
}

check_version() {
  case $2 in
    none | absent) return 0 ;;
  esac
  [ -f "$1" ] || return 46
  [ -r "$1" ] || return 42
  version=$(sha256sum <"$1") || return 49
  [ "${version%% *}" = "$2" ] || return 46
}

# Removes the real path $1 with all it holds, if $2 holds.
remove() {
  locate_link "$1" || return
  [ -z "$rest" ] || return 40
  [ -e "./$base" ] || [ -L "./$base" ] || return 40
  [ -w . ] || return 42
  case $2 in
    none) ;;
    *) [ ! -d "./$base" ] || return 44 ;;
  esac
  check_version "./$base" "$2" || return
  rm -rf -- "./$base"
  { [ ! -e "./$base" ] && [ ! -L "./$base" ]; } || return 51
}

# Prints the real path of a folder, NUL, and after a line end a record of each file in it, or also below it without the
# $2 "-prune". No name can have the word in it.
list() {
  enter_readable "$1" || return
  printf '%s\0\n' "$PWD"
  find . ! -name . $2 -exec stat -c "$word %f %s %y %n" {} + 2>/dev/null
  return 0
}

# Prints the real path of a folder, and the regular files below it, also those that links lead to below it; a NUL after
# each.
files() {
  enter_readable "$1" || return
  printf '%s\0' "$PWD"
  find . -type f -print0 2>/dev/null
  find . -type l -exec sh -c '
    folder=$1
    shift
    for link do
      target=$(readlink -f "$link" && echo .) || continue
      target=${target%??}
      case $target in
        "$folder"/*) [ ! -f "$target" ] || printf "%s\0" "$link" ;;
      esac
    done' sh "${PWD%/}" {} + 2>/dev/null
  return 0
}

# Prints the real path of a folder or a file, NUL, and the lines with the text $1 as NAME:NUMBER:LINE. After that, for each
# file whose path has a colon or a line end, a mark, NAME, a mark, NUMBER:LINE for each line. No file has a mark by chance.
search() {
  locate "$2" || return
  [ -z "$rest" ] && [ -e "./$base" ] || return 40
  [ "$as_text" != unknown ] || { grep -aq . /proc/self/stat && as_text=-a || as_text=; } 2>/dev/null # not in BusyBox
  if [ ! -d "./$base" ]; then
    [ -f "./$base" ] || return 45
    [ -r "./$base" ] || return 42
    printf '%s\0\0x%s \n%s\0x%s \n' "${PWD%/}" "$word" "./$base" "$word"
    grep $as_text -nF -e "$1" -- "./$base"
    return 0
  fi
  cd -P -- "./$base" || return 42
  [ -r . ] || return 42
  printf '%s\0' "${PWD%/}"
  find . -type f ! -path '*:*' ! -path "*$line_end*" -exec grep $as_text -HnF -e "$1" /dev/null {} + 2>/dev/null
  find . -type f '(' -path '*:*' -o -path "*$line_end*" ')' -exec sh -c '
    text=$1 as_text=$2 word=$3
    shift 3
    for file do
      printf "\0x%s \n%s\0x%s \n" "$word" "$file" "$word"
      grep $as_text -nF -e "$text" -- "$file"
    done' sh "$1" "$as_text" "$word" {} + 2>/dev/null
  return 0
}

# Reads a file of /proc into $text, without NUL characters; nothing is started, since there may be no room for a process.
read_file() {
  text=
  while IFS= read -r line || [ -n "$line" ]; do
    text="$text $line"
  done <"$1"
} 2>/dev/null

# Sets $doomed to the processes of this user, but for: the processes $1 and their descendants; those of the sessions $2,
# those with the marks $3 in their environment, and the descendants of both. Sets $is_hidden if there may be others: a process
# that makes another and ends before it is looked at hides that one.
find_doomed() {
  shells=" $1 $$ " sessions=" $2 " marks=" $3 "
  round=$((round + 1)) own= doomed= listed=' '
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    listed="$listed$pid "
    kill -0 "$pid" 2>/dev/null && read_file "$folder/stat" || continue
    set -- ${text##*) }
    [ "$1" != Z ] && [ "$1" != X ] || continue
    eval "parent_${round}_$pid=\$2 session_${round}_$pid=\$4"
    read_file "$folder/environ" || text=
    mark=
    case $text in
      *SYNAPSE_COMMAND=*)
        text=${text##*SYNAPSE_COMMAND=}
        mark=${text%"${text#????????????????????????????????}"}
        ;;
    esac
    eval "mark_${round}_$pid=\$mark"
    own="$own $pid"
  done
  for pid in $own; do
    is_spared "$pid" || doomed="$doomed $pid"
  done
  is_hidden=
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    case $listed in *" $pid "*) continue ;; esac
    # What has ended may have been of this user, unless all of its processes are stopped.
    if kill -0 "$pid" 2>/dev/null || { [ -z "$frozen" ] && [ ! -e "$folder" ]; }; then
      is_hidden=1
    fi
  done
}

is_spared() {
  each=$1
  while [ -n "$each" ]; do
    case $shells in *" $each "*) return 0 ;; esac
    eval "mark=\${mark_${round}_$each-} session=\${session_${round}_$each-} each=\${parent_${round}_$each-}"
    case $marks in *" ${mark:-none} "*) return 0 ;; esac
    case $sessions in *" ${session:-none} "*) return 0 ;; esac
  done
  return 1
}

# Whether there are so many processes that looking at each takes long, as those of a command that forks without end.
are_many() {
  set -- /proc/[0-9]*
  [ "$#" -gt 150 ]
}

# Asks what find_doomed finds to end, with the signal TERM; prints how many processes that are. With 0, only prints.
terminate_processes() {
  round=0 doomed=
  are_many || find_doomed "$2" "$3" "$4"
  set -- "$1" $doomed
  echo $(($# - 1))
  { [ "$1" = 0 ] || [ -z "$doomed" ]; } || kill -TERM $doomed 2>/dev/null
  return 0
}

# Kills what find_doomed finds, until it finds nothing. Where that is not enough, all processes of the user are stopped
# at once first: none can make another then. Prints the marks and sessions of what is spared.
end_processes() {
  round=0 frozen=
  while [ "$round" -lt 20 ]; do
    [ "$round" -lt 3 ] && ! are_many || frozen=1
    [ -z "$frozen" ] || kill -STOP -1 2>/dev/null # each time: the end of its parent can make one go on
    find_doomed "$1" "$2" "$3"
    if [ -z "$doomed$is_hidden" ]; then
      [ -z "$frozen" ] || kill -CONT -1 2>/dev/null
      for pid in $own; do
        eval "printf '%s %s\n' \"\$mark_${round}_$pid\" \"\$session_${round}_$pid\""
      done
      return 0
    fi
    [ -z "$doomed" ] || kill -KILL $doomed 2>/dev/null
  done
  kill -9 -1
}

printf '\0%s \n' "$word" >&2
printf '\0%s %s\n' "$word" "$$"
while IFS= read -r line; do
  eval "$line" 3<&0 </dev/null
  status=$?
  printf '\0%s \n' "$word" >&2
  printf '\0%s %s\n' "$word" "$status"
  [ -z "$is_broken" ] || break
done
clean_up
trap - EXIT
