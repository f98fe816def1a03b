# shellcheck shell=bash disable=SC2154
# Sourced by the scripts beside it, after environment.sh: finds the TornadoVM SDK, knows which releases run the project, and
# composes the options that they need. Works with bash 3.2, which macOS still has.

# The releases of TornadoVM; the first line that fits counts. Some of the project's tasks have 20 arguments, which TornadoVM
# takes from 5.2 on. Where the options are 'ours', compose_tornado puts them together and can leave out back ends; others
# are the SDK's argfile's.
#  version         JDK from, to   state     options   why
readonly tornado_releases='
   5.2.0-jdk25     25  25         tested    ours
   5.2.*-jdk25     25  25         should    ours
   [0-4].*         0   0          cannot    none      its tasks take 15 arguments, and the project needs 20
   5.[01].*        0   0          cannot    none      its tasks take 15 arguments, and the project needs 20
   *-jdk21         0   0          cannot    none      it is built for JDK 21, and the project for 25
   6.*-jdk22plus   25  999        should    argfile
   7.*-jdk22plus   25  999        should    argfile
   *-jdk25         25  25         unknown   argfile
   *               25  999        unknown   argfile
'

# Sets $release_least and $release_most, the JDKs that TornadoVM $1 runs on, and $release_state, _options and _reason.
look_up_release() {
  local pattern
  while read -r pattern release_least release_most release_state release_options release_reason; do
    # The right side is a pattern.
    # shellcheck disable=SC2053
    [[ $1 != $pattern ]] || return 0
  done <<<"$tornado_releases"
}

# The release of TornadoVM that the project is compiled against and tested on.
tested_tornado() {
  sed -n '/ tested /{s/^ *\([^ ]*\).*/\1/p;q;}' <<<"$tornado_releases"
}

# Prints the folder of the TornadoVM SDK that the user has: TORNADOVM_HOME's, the bundle's or SDKMAN's; nothing where there is none.
find_sdk() {
  local sdkman=${SDKMAN_DIR:-${HOME:-}/.sdkman}/candidates/tornadovm/current
  if [[ -n ${TORNADOVM_HOME:-} ]]; then
    printf '%s\n' "$TORNADOVM_HOME"
  elif [[ -d $root/tornadovm ]]; then
    printf '%s\n' "$root/tornadovm"
  elif [[ -d $sdkman ]]; then
    printf '%s\n' "$sdkman"
  fi
}

# Prints the release of the SDK in folder $1, by the name of its API's jar; nothing where it has none.
sdk_version() {
  local jar
  for jar in "$1"/share/java/tornado/tornado-api-*.jar; do
    jar=${jar##*/tornado-api-}
    [[ $jar == '*.jar' ]] || printf '%s' "${jar%.jar}"
    return
  done
}

# Prints why the SDK in folder $1 cannot be used; nothing where it can.
sdk_problem() {
  local version library
  version=$(sdk_version "$1")
  if [[ -z $version ]]; then
    printf '%s' "$1 is no TornadoVM SDK: it has no share/java/tornado/tornado-api-$(tested_tornado).jar"
    return
  fi
  look_up_release "$version"
  if [[ $release_state == cannot ]]; then
    printf '%s' "$1 is TornadoVM $version, which cannot run the project: $release_reason. Install $(tested_tornado)"
    return
  fi
  if [[ $release_options == argfile ]]; then
    if [[ ! -r $1/tornado-argfile ]]; then
      printf '%s' "$1 has no tornado-argfile: run $1/bin/tornado --generate-argfile"
      return
    fi
    library=$(sed -n 's/^-Djava.library.path=//p' "$1/tornado-argfile")
    if [[ $(cd -P "$library" 2>/dev/null && pwd) != $(cd -P "$1/lib" && pwd) ]]; then
      printf '%s' "$1/tornado-argfile names the folder $library of another SDK: run $1/bin/tornado --generate-argfile"
      return
    fi
  elif [[ -z $(sdk_backends "$1") ]]; then
    printf '%s' "$1 has no back end that the project can use: its lib and share/java/tornado hold none of $known_backends"
    return
  fi
  if ! sdk_jdk "$version" >/dev/null; then
    printf '%s' "TornadoVM $version runs on JDK $(jdks) only, and none is there: install one or set JAVA_HOME to it"
  fi
}

# Prints the JDKs of the release that was looked up: 25, or 25 and newer.
jdks() {
  if [[ $release_least == "$release_most" ]]; then
    printf '%s' "$release_least"
  else
    printf '%s' "$release_least or newer"
  fi
}

# Prints the folder of a JDK that TornadoVM $1 runs on; fails where there is none.
sdk_jdk() {
  look_up_release "$1"
  find_jdk "$release_least" "$release_most"
}

# What is said of TornadoVM $1 in folder $2 before the program begins.
describe_sdk() {
  look_up_release "$1"
  case $release_state in
    tested) printf '%s' "TornadoVM $1 ($2)" ;;
    should) printf '%s' "TornadoVM $1 ($2), which should do, but was not tried" ;;
    *) printf '%s' "TornadoVM $1 ($2), of which nothing is known here: $(tested_tornado) is what was tried" ;;
  esac
}

# The back ends, the one to prefer first: CUDA C is what NVIDIA's compiler makes the best code of, see README.md.
readonly known_backends="cuda ptx opencl"

# Prints the back ends that the SDK in folder $1 has.
sdk_backends() {
  local backend drivers
  for backend in $known_backends; do
    drivers=("$1/share/java/tornado/tornado-drivers-$backend"-[0-9]*.jar)
    [[ ! -e ${drivers[0]} || ! -e $(backend_library "$1" "$backend") ]] || printf '%s\n' "$backend"
  done
}

# Prints the native library of back end $2 of the SDK in folder $1.
backend_library() {
  local suffix=so
  [[ $OSTYPE != darwin* ]] || suffix=dylib
  printf '%s' "$1/lib/libtornado-$2.$suffix"
}

# Prints the libraries that library $1 needs and the loader does not find; nothing where nobody can tell.
missing_libraries() {
  ! command -v ldd >/dev/null || ldd "$1" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p'
}

# Prints a folder with library $1 where the loader does not look: CUDA's, the driver's in containers, PyTorch's packages.
find_library() {
  local folder
  for folder in /usr/local/cuda/lib64 /usr/local/cuda-*/lib64 /usr/local/cuda*/targets/*/lib /usr/local/nvidia/lib64 \
    /usr/local/nvidia/lib /usr/lib/wsl/lib; do
    if [[ -e $folder/$1 ]]; then
      printf '%s' "$folder"
      return
    fi
  done
  python3 -c '
import glob, os, sys
import nvidia
found = [file for path in nvidia.__path__ for file in glob.glob(os.path.join(path, "**", sys.argv[1]), recursive=True)]
print(os.path.dirname(found[0]) if found else "", end="")' "$1" 2>/dev/null || true
}

# Sets $backends to those of the SDK in folder $1 that can start on this machine, in the order of $2, a list with commas, or of
# preference where it is empty; finds their libraries and adds the folders to LD_LIBRARY_PATH. A back end of $2 must start.
choose_backends() {
  local sdk=$1 asked=$2 backend library folder has
  backends=()
  has=$(sdk_backends "$sdk" | tr '\n' ' ')
  for backend in $(tr ',' ' ' <<<"${asked:-$has}"); do
    [[ " $has" == *" $backend "* ]] || fail 2 "there is no back end '$backend': $sdk has ${has% }"
    for library in $(missing_libraries "$(backend_library "$sdk" "$backend")"); do
      folder=$(find_library "$library")
      if [[ -n $folder ]]; then
        export LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
        export ALEXNET_LIBRARIES=$folder:${ALEXNET_LIBRARIES:-}
        say "$library is taken from $folder"
      elif [[ -n $asked ]]; then
        fail 5 "the back end $backend needs $library, which is not on this machine"
      else
        say "the back end $backend is left out: it needs $library, which is not on this machine"
        continue 2
      fi
    done
    backends+=("$backend")
  done
  ((${#backends[@]} > 0)) || fail 5 "no back end of $sdk can start; --runtime jvm does without"
}

# The jars that the project needs of an SDK, beside those of back ends. The Graal compiler's take the place of the JDK's modules.
readonly tornado_jars="tornado-api tornado-runtime tornado-annotation tornado-drivers-common asm commons-math3 snmp4j"
readonly graal_jars="compiler truffle-compiler collections word"

# join SEPARATOR WORD...
join() {
  local IFS=$1
  shift
  printf '%s' "$*"
}

# Sets $tornado_modules and $graal_modules to the jars of the SDK in folder $1 that the project needs with $backends.
find_jars() {
  local name
  tornado_modules=()
  graal_modules=()
  for name in $tornado_jars $(printf 'tornado-drivers-%s ' "${backends[@]}"); do
    tornado_modules+=("$1/share/java/tornado/$name"-[0-9]*.jar)
  done
  for name in $graal_jars; do
    graal_modules+=("$1/share/java/graalJars/$name"-[0-9]*.jar)
  done
}

# Sets $tornado_options to java's options for the SDK in folder $1 with $backends, the first of which gets the devices 0:0 and
# so on; scripts/tornado.options has those that are the project's.
compose_tornado() {
  local sdk=$1 backend priority=100 runtime=uk.ac.manchester.tornado names tornado_modules graal_modules
  look_up_release "$(sdk_version "$sdk")"
  if [[ $release_options == argfile ]]; then
    tornado_options=("@$sdk/tornado-argfile")
    names=$(cd "$sdk/share/java/tornado" && printf '%s\n' tornado-drivers-*.jar |
      sed -n 's/^tornado-drivers-\([a-z]*\)-[0-9].*/tornado.drivers.\1/p' | tr '\n' ',')
    tornado_options+=("--enable-native-access=tornado.runtime,${names%,}")
    for backend in $known_backends; do
      tornado_options+=("-Dtornado.$backend.priority=$((priority -= 10))")
    done
    return
  fi
  find_jars "$sdk"
  names=$(join , "${backends[@]/#/tornado.drivers.}")
  tornado_options=(-XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI --enable-preview -XX:+UseParallelGC
    "-Djava.library.path=$sdk/lib"
    "-Dtornado.load.api.implementation=$runtime.runtime.tasks.TornadoTaskGraph"
    "-Dtornado.load.runtime.implementation=$runtime.runtime.TornadoCoreRuntime"
    "-Dtornado.load.tornado.implementation=$runtime.runtime.common.Tornado"
    "-Dtornado.load.annotation.implementation=$runtime.annotation.ASMClassVisitor"
    "-Dtornado.load.annotation.parallel=$runtime.api.annotations.Parallel"
    --module-path "$(join : "${tornado_modules[@]}")" --upgrade-module-path "$(join : "${graal_modules[@]}")"
    --add-modules "ALL-SYSTEM,tornado.runtime,tornado.annotation,tornado.drivers.common,$names"
    "--enable-native-access=tornado.runtime,$names" "@$sdk/etc/exportLists/common-exports")
  for backend in "${backends[@]}"; do
    tornado_options+=("@$sdk/etc/exportLists/$backend-exports" "-Dtornado.$backend.priority=$((priority -= 10))")
  done
}

# Writes $tornado_options to file $1 as java reads them, which takes no files of options within others.
write_argfile() {
  local option
  for option in "${tornado_options[@]}"; do
    if [[ $option == @* ]]; then
      cat "${option#@}"
    else
      option=${option//\\/\\\\}
      printf '"%s"\n' "${option//\"/\\\"}"
    fi
  done >"$1"
}
