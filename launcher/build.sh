# shellcheck shell=bash
# Builds what ../quickstart runs, unless that is up to date; for that script, whose functions and variables it uses.
# shellcheck disable=SC2154

# Ends with 0 if this run has got the lock, with 1 and no word if another one has it, else with what went wrong.
try_lock() {
  if command -v flock >/dev/null; then
    flock -n 9
  else
    # macOS has no flock.
    perl -e 'use Fcntl ":flock"; open(my $lock, ">>&=", 9) or exit 2;
      exit(flock($lock, LOCK_EX | LOCK_NB) ? 0 : $!{EWOULDBLOCK} ? 1 : 2)'
  fi
}

# Of several runs at once one builds. The lock ends with this shell and with Maven, whatever ends them.
lock_build() {
  local code said waits=''
  exec 9>>launcher/target/build.lock
  while true; do
    code=0
    said=$(try_lock 2>&1) || code=$?
    # Some network drives have no locks, and some machines no program for them: there it goes without.
    [[ $code == 1 && -z $said ]] || return 0
    [[ -n $waits ]] || say "waiting for another run that builds"
    waits=1
    ((SECONDS < 1800)) || fail "another run has been building for half an hour" 1
    sleep 1
  done
}

# The first line of Maven's log that says what is wrong. Where none is marked, the JVM did not start.
build_failure() {
  local LC_ALL=C all marked
  all=$(sed -E $'s/\e\\[[0-9;]*m//g' "$1" | grep -avE '^(NOTE: )?Picked up |^WARNING: |VM warning: |^\[(INFO|WARNING)\]|^ *$' || true)
  marked=$(grep -aE '^\[(ERROR|FATAL)\]' <<<"$all" | sed -E 's/^(\[(ERROR|FATAL)\] *)+//; s/ -> \[Help 1\]$//' |
    grep -avE '(^|:) *$' || true)
  head -1 <<<"${marked:-${all:-Maven ended with exit code $2}}"
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

can_write_to() {
  [[ $1 == /* ]] && mkdir -p "$1" 2>/dev/null && [[ -w $1 ]]
}

build() {
  local java_home home own=$PWD/launcher/target/home/.m2 log=$module/target/build.log hint='' code
  local maven=(-B -ntp -pl "consumer-app,producer-app,$module" -am)
  # The build starts the consumer to prepare its beans, without the user's settings.
  unset "${!APP_@}"
  java_home=$(setting java.home)
  [[ -x $java_home/bin/javac ]] || fail "there is no JDK: $java_home/bin/javac was not found; $jdk"
  { mkdir -p launcher/target "$module/target" && : >>launcher/target/build.lock && : >>"$log"; } 2>/dev/null ||
    fail "the launcher has to be built, but the folder $PWD/$module/target cannot be written to"
  lock_build
  ! is_built || return 0
  say "building with Maven; the first time it downloads about 160 MB"
  # Maven keeps its downloads in the home folder, which a container's user may not have.
  home=$(setting user.home)
  export HOME=${HOME:-$home}
  [[ -n ${MAVEN_USER_HOME:-} ]] || can_write_to "$HOME/.m2/wrapper" || export MAVEN_USER_HOME=$own
  [[ "${MAVEN_OPTS:-} ${MAVEN_ARGS:-}" == *maven.repo.local=* ]] || grep -qs '<localRepository>' "$home/.m2/settings.xml" ||
    can_write_to "$home/.m2/repository" || maven+=("-Dmaven.repo.local=$own/repository")
  # Tests and checks are left out, also where CI=true, and what only they need is not downloaded.
  JAVA_HOME=$java_home sh ./mvnw "${maven[@]}" -P '!ci' -Dmaven.test.skip package >"$log" 2>&1 </dev/null || {
    code=$?
    if [[ -n ${HTTPS_PROXY:-${https_proxy:-}} ]] && grep -q 'Could not transfer' "$log"; then
      hint="; Maven takes its proxy from ~/.m2/settings.xml, not from HTTPS_PROXY"
    elif grep -qs '^[^#]*JAVA_HOME=' /etc/mavenrc /usr/local/etc/mavenrc "$HOME/.mavenrc"; then
      hint="; a mavenrc sets another JAVA_HOME than $java_home"
    fi
    fail "the build failed: $(build_failure "$log" $code)$hint (all that Maven said is in $PWD/$log)" 1
  }
}
