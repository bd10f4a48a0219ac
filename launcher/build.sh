# shellcheck shell=bash
# Builds what ../quickstart runs, unless that is up to date; for that script, whose functions and variables it uses.
# shellcheck disable=SC2154

# Ends with 0 if this run has got the lock, with 1 if another one has it, else with a code of its own.
try_lock() {
  if command -v flock; then
    flock -n 9
  else
    # macOS has no flock.
    perl -e 'use Fcntl ":flock"; open(my $lock, ">>&=", 9) or exit 2;
      exit(flock($lock, LOCK_EX | LOCK_NB) ? 0 : $!{EWOULDBLOCK} ? 1 : 2)'
  fi >/dev/null 2>&1
}

# Of several runs at once one builds. The lock ends with this shell and with Maven, whatever ends them.
lock_build() {
  local code waits=
  exec 9>>launcher/target/build.lock
  while true; do
    code=0
    try_lock || code=$?
    # Some network drives have no locks; there it goes without.
    [[ $code == 1 ]] || return 0
    [[ -n $waits ]] || say "waiting for another run that builds"
    waits=1
    ((SECONDS < 1800)) || fail "another run has been building for half an hour" 1
    sleep 1
  done
}

# The first line of Maven's log that says what is wrong. Where none is marked, the JVM did not start.
build_failure() {
  local all marked
  all=$(sed -E $'s/\e\\[[0-9;]*m//g' "$1" | grep -vE '^(NOTE: )?Picked up |^\[(INFO|WARNING)\]|^ *$' || true)
  marked=$(grep -E '^\[(ERROR|FATAL)\]' <<<"$all" | sed -E 's/^(\[(ERROR|FATAL)\] *)+//; s/ -> \[Help 1\]$//' | grep -vE '(^|:) *$' || true)
  head -1 <<<"${marked:-$all}"
}

# Maven writes the file target/classpath of a module last: if it is older than a source, or a file that it names is missing, the build was cut
# off. The time of a jar says nothing, since builds are reproducible.
is_built() {
  local program file
  for program in consumer-app producer-app $module; do
    [[ -s $program/target/$program.jar && -s $program/target/classpath ]] || return
    [[ -z $(find pom.xml "$program"/{pom.xml,src/main} -newer "$program/target/classpath") ]] || return
    IFS=: read -ra files <"$program/target/classpath" || true
    for file in "${files[@]}"; do
      [[ -f $file ]] || return
    done
  done
  # The module that is built last stands for all that it needs.
  [[ -z $(find pom.xml "${sources[@]}" -newer "$module/target/classpath") ]]
}

build() {
  local java_home home log=$module/target/build.log proxy=
  local maven=(-B -ntp -pl "consumer-app,producer-app,$module" -am)
  # The build starts the consumer to prepare its beans, by no settings of the user's.
  unset "${!APP_@}"
  java_home=$(setting java.home)
  [[ -x $java_home/bin/javac ]] || fail "there is no JDK: $java_home/bin/javac was not found; $jdk"
  { mkdir -p launcher/target "$module/target" && : >>"$log"; } 2>/dev/null ||
    fail "the launcher has to be built, but the folder $PWD/$module/target cannot be written to"
  lock_build
  ! is_built || return 0
  say "building with Maven; the first time it downloads about 160 MB"
  # Maven keeps its downloads in the home folder, which a container's user may not have.
  home=$(setting user.home)
  if [[ $home != /* ]] || ! mkdir -p "$home/.m2/repository" 2>/dev/null || [[ ! -w $home/.m2/repository ]]; then
    home=$PWD/launcher/target/home
    maven+=("-Dmaven.repo.local=$home/.m2/repository")
  fi
  export HOME=${HOME:-$home} MAVEN_USER_HOME=${MAVEN_USER_HOME:-$home/.m2}
  # A JAVA_HOME of theirs would win over the JDK that was checked.
  ! grep -qs JAVA_HOME /etc/mavenrc /usr/local/etc/mavenrc "$HOME/.mavenrc" || export MAVEN_SKIP_RC=1
  # Tests and checks are left out, also where CI=true, and what only they need is not downloaded.
  JAVA_HOME=$java_home sh ./mvnw "${maven[@]}" -P '!ci' -Dmaven.test.skip package >"$log" 2>&1 </dev/null || {
    [[ -z ${HTTPS_PROXY:-${https_proxy:-}} ]] || ! grep -q 'Could not transfer' "$log" ||
      proxy="; Maven takes its proxy from ~/.m2/settings.xml, not from HTTPS_PROXY"
    fail "the build failed: $(build_failure "$log")$proxy (all that Maven said is in $PWD/$log)" 1
  }
}
