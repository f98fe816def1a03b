# shellcheck shell=bash disable=SC2154
# Sourced by scripts/alexnet: java's AOT cache (JEP 483), by which it need not find, parse and verify the program's classes at each start.
# It is for the JVM alone: TornadoVM's --upgrade-module-path turns such caches off. Profiles of methods (JEP 515) and classes that are
# linked before the program starts are not in it: java 25 keeps them only together with the boot layer, and no boot layer that has an
# incubating module, as that of the Vector API is. JAVA_OPTS=-XX:AOTMode=off does without the cache, -Xlog:aot tells what java makes of it.

# Another JDK and other jars make another cache; what else does not fit, such as pointers of another size, java itself finds out and
# goes without.
readonly aot_cache=$root/runner/target/alexnet.aot
# By these a process knows that mpirun or srun has started it with others.
readonly launchers_variables=(OMPI_COMM_WORLD_SIZE PMI_SIZE PMI_RANK PMIX_RANK)

# Prints what a cache is for.
aot_key() {
  printf '%s\n' "$jdk"
  [[ ! -r $jdk/release ]] || cat "$jdk/release"
}

# Whether there is nothing to make: the cache was made, or could not be, of what is there now.
aot_is_settled() {
  local module
  [[ -f $aot_cache.of && $(<"$aot_cache.of") == "$(aot_key)" && ! $root/runner/target/lib -nt $aot_cache.of ]] || return 1
  for module in "${modules[@]}"; do
    [[ ! $root/$module/target/$module.jar -nt $aot_cache.of ]] || return 1
  done
}

# make_aot_cache CLASS_PATH: makes the cache where that is possible. A subshell, so that the lock ends with it.
make_aot_cache() (
  log=$root/runner/target/aot.log
  folder=$root/runner/target/rehearsal
  if command -v flock >/dev/null; then
    exec 9>"$root/runner/target/build.lock"
    flock 9
    ! aot_is_settled || exit 0
  fi
  say "preparing quick starts, which takes a few seconds, once"
  rm -rf "$folder" "$aot_cache"
  mkdir "$folder"
  aot_key >"$aot_cache.new"
  # The user's options are for the command; java hands its own to a second process in JAVA_TOOL_OPTIONS. Under mpirun the command is one
  # of several, which wait for this one to end.
  if env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS -u _JAVA_OPTIONS "${launchers_variables[@]/#/-u}" "$jdk/bin/java" "-XX:AOTCacheOutput=$folder/made" \
    "@$root/scripts/jvm.options" "@$root/scripts/heap.options" "-Dalexnet.home=$root" -cp "$1" alexnet.runner.Rehearsal "$folder" >"$log" 2>&1 </dev/null &&
    [[ -f $folder/made ]]; then
    mv "$folder/made" "$aot_cache"
  else
    say "that failed, see $log: the program starts without, and slower"
  fi
  rm -rf "$folder"
  mv "$aot_cache.new" "$aot_cache.of"
)
