# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it: finds the JDK and Maven; tornadovm.sh finds the TornadoVM SDK. Works with bash 3.2, which macOS still has.
# The caller sets $program, the name that messages begin with, and $root, the folder of pom.xml.

readonly minimum_java=25

# Java reads and writes the names of files in the locale's characters. In the POSIX locale, which containers start with, it
# knows ASCII alone; so it does in a locale that this machine lacks, such as the one that ssh hands on from another.
if [[ $OSTYPE == linux* && $(locale charmap 2>/dev/null) != UTF-8 ]]; then
  for locale in C.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-*8$'); do
    export LC_ALL=$locale
    [[ $(locale charmap 2>/dev/null) != UTF-8 ]] || break
  done
  unset locale
fi

say() {
  printf '%s: %s\n' "$program" "$*" >&2
}

# fail CODE MESSAGE
fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# Prints the feature release of the JDK in folder $1, such as 25, or nothing where there is no JDK.
jdk_feature() {
  [[ -x $1/bin/javac || -x $1/bin/java && $1 == "$root/jdk" ]] || return 0
  if [[ -r $1/release ]]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
  fi
}

jdk_candidates() {
  # A bundle brings its own, see scripts/bundle.
  [[ ! -d $root/jdk ]] || printf '%s\n' "$root/jdk"
  [[ -z ${JAVA_HOME:-} ]] || printf '%s\n' "$JAVA_HOME"
  local java
  if java=$(command -v java); then
    dirname "$(dirname "$(readlink -f "$java")")"
  fi
  if [[ -x /usr/libexec/java_home ]]; then
    /usr/libexec/java_home -v "$minimum_java+" 2>/dev/null || true
  fi
  local folder
  for folder in "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    printf '%s\n' "$folder"
  done
}

# find_jdk LEAST MOST: prints the folder of the first JDK whose feature release lies between; fails where there is none.
find_jdk() {
  local folder feature
  while IFS= read -r folder; do
    feature=$(jdk_feature "$folder")
    if [[ -n $feature ]] && ((feature >= $1 && feature <= $2)); then
      printf '%s\n' "$folder"
      return
    fi
  done < <(jdk_candidates)
  return 1
}

# Sets $jdk to a JDK that builds the project and runs it on the JVM.
require_jdk() {
  jdk=$(find_jdk "$minimum_java" 999) || fail 5 "no JDK $minimum_java or newer is there. Install one (Debian: apt-get install openjdk-25-jdk-headless;" \
    "SDKMAN: sdk install java 25-tem; macOS: brew install openjdk@25) or set JAVA_HOME to it."
}

# Prints the options of java that the user has set in the variables that java and scripts/alexnet read, files of options included.
user_options() {
  local option
  # They hold several options each, so they are split here.
  # shellcheck disable=SC2086
  for option in ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_OPTS:-} ${ALEXNET_JAVA_OPTS:-} ${_JAVA_OPTIONS:-}; do
    if [[ $option == @* && -r ${option#@} ]]; then
      cat "${option#@}"
    else
      printf '%s\n' "$option"
    fi
  done
}

# set_heap_options [SDK]: sets $heap_options to those of heap.options or $heap_file, or of the runtime of the SDK in folder $1, that the
# user has not chosen otherwise. Of two collectors java runs neither, and sizes of the generations are made for one collector.
set_heap_options() {
  local theirs option chosen others='-XX:[+]Use(G1|Z|Parallel|Shenandoah|Epsilon)GC'
  theirs=" $(user_options | tr '\n' ' ')"
  heap_options=()
  if [[ -n ${1:-} ]]; then
    # The options of TornadoVM choose a collector: these can only take it back.
    option=$(sed -n 's/^-XX:+\(Use.*GC\)$/\1/p' "$1/tornado-argfile" 2>/dev/null || true)
    option=${option:-UseParallelGC}
    if [[ $theirs =~ ${others/(/(Serial|} && $theirs != *"-XX:+$option "* ]]; then
      heap_options=("-XX:-$option")
    fi
    return
  fi
  while IFS= read -r option; do
    case $option in
      '' | '#'*) continue ;;
      -XX:+UseParallelGC) chosen=${others/(/(Serial|} ;;
      *GC | -XX:PretenureSizeThreshold=*) chosen=$others ;;
      -XX:MaxNewSize=*) chosen="$others|-Xmn|-XX:(Max)?NewSize=|-XX:NewRatio=" ;;
      -XX:InitialRAMPercentage=*) chosen='-Xms|-XX:InitialHeapSize=|-XX:InitialRAMPercentage=' ;;
      -Xmx* | -XX:MaxRAMPercentage=*) chosen='-Xmx|-XX:MaxHeapSize=|-XX:MaxRAMPercentage=' ;;
    esac
    [[ $theirs =~ $chosen ]] || heap_options+=("$option")
  done <"$root/scripts/${heap_file:-heap.options}"
}

# Refuses the folder $1, which is called $2, where java would not find its classes: it separates folders by ':' and loses
# characters of four bytes.
require_class_path() {
  local LC_ALL=C
  [[ $1 != *:* && $1 != *[$'\xf0'-$'\xf4']* ]] ||
    fail 5 "$2 is $1, and java finds no classes in a folder with ':' or an emoji in its path: move it, or give it another name"
}

require_maven() {
  command -v mvn >/dev/null || fail 5 "Maven is needed to build the project. Install it (Debian: apt-get install maven; macOS: brew install maven)."
}

# maven ARGUMENT...: runs Maven with $jdk on the project, whatever java Maven itself would find.
maven() {
  # Maven reads MAVEN_ARGS by itself only from 3.9; it holds several arguments, so it is split here.
  # shellcheck disable=SC2086
  env -u MAVEN_ARGS JAVA_HOME="$jdk" mvn -B ${MAVEN_ARGS:-} -f "$root/pom.xml" "$@" </dev/null
}

# Lets the JDK in folder $1 keep its signals in the programs that are started from here. PoCL compiles kernels with Clang, which
# takes over SIGSEGV; the JVM stops its threads by it, and at each such stop Clang deletes the files that it is writing. The
# JDK's libjsig passes on to Clang only what is not the JVM's.
chain_signals() {
  if [[ -e $1/lib/libjsig.so ]]; then
    export LD_PRELOAD=$1/lib/libjsig.so${LD_PRELOAD:+:$LD_PRELOAD}
    # What alexnet.bench.PythonTorch keeps from others' programs.
    export ALEXNET_LIBRARIES=$1/lib/libjsig.so:${ALEXNET_LIBRARIES:-}
  fi
}
