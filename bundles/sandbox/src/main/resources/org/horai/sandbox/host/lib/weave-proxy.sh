# The Docker API proxy: a container of its own in 1.x, part of the router in 2.x.

open_proxy() {
  answers=up
  ! fault dead-proxy || answers=dead
  host_call proxy $answers
  echo $answers >"$RUN/proxy"
}

close_proxy() {
  [ -e "$RUN/proxy" ] || return 0
  rm -f "$RUN/proxy"
  host_call proxy down
}

launch_proxy() {
  words="$*"
  if is_running weaveproxy; then
    if [ "$(container weaveproxy arguments)" = "$(signature "$words")" ]; then
      container weaveproxy id
      return 0
    fi
    echo "weaveproxy is already running with different arguments; you can stop it with 'weave stop-proxy'." >&2
    exit 1
  fi
  case " $words " in
    *" --no-detect-tls "* | *" --tls"*) ;;
    *)
      if fault tls-unknown; then
        echo "cannot locate running docker daemon" >&2
        echo "Unable to auto-detect proxy TLS configuration; you must launch the proxy with" >&2
        echo "'weave launch-proxy' and supply '--no-detect-tls' or TLS options." >&2
        exit 1
      fi
      ;;
  esac
  case " $words " in *" --no-restart "*) policy=no ;; *) policy=always ;; esac
  touch "$RUN/bridge"
  if ! is_present "weavevolumes-$WEAVE_VERSION"; then
    new_container "weavevolumes-$WEAVE_VERSION" "weaveworks/weaveexec:$WEAVE_VERSION" /bin/false created no ''
  fi
  new_container weaveproxy "weaveworks/weaveexec:$WEAVE_VERSION" '/home/weave/weaveproxy ...' running "$policy" "$(signature "$words")"
  open_proxy
  container weaveproxy id
  # The real one polls its own status for ever when docker exec fails.
  tries=0
  while fault hang-proxy && [ $tries -lt 6000 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
}

stop_proxy() {
  if is_running weaveproxy; then
    set_status weaveproxy exited
    close_proxy
  elif ! is_present weaveproxy; then
    echo "Proxy is not running." >&2
  fi
}

# After dockerd came up.
restart_proxy() {
  is_present weaveproxy && [ "$(container weaveproxy restart)" = always ] || return 0
  set_status weaveproxy running
  open_proxy
}

launch_plugin() {
  is_running weaveplugin ||
    new_container weaveplugin "weaveworks/plugin:$WEAVE_VERSION" /home/weave/plugin running always ''
  container weaveplugin id
}

stop_plugin() {
  if is_running weaveplugin; then
    set_status weaveplugin exited
  elif ! is_present weaveplugin; then
    echo "Plugin is not running." >&2
  fi
}

proxy_is_there() {
  if is_two; then is_running weave && [ -e "$RUN/proxy" ]; else is_running weaveproxy; fi
}

proxy_env() {
  if [ "$1" = --restore ]; then
    if [ -z "${ORIG_DOCKER_HOST+set}" ]; then
      echo "Nothing to restore. This is most likely because there was no preceding invocation of 'eval \$(weave env)' in this shell." >&2
      exit 1
    fi
    printf 'DOCKER_HOST=%s\nunset ORIG_DOCKER_HOST\n' "$ORIG_DOCKER_HOST"
    return 0
  fi
  if is_two && proxy_is_there; then return 0; fi
  if proxy_is_there; then
    echo "export DOCKER_HOST=unix:///var/run/weave/weave.sock ORIG_DOCKER_HOST="
  else
    not_running "$(is_two && echo weave || echo weaveproxy)"
  fi
}

proxy_config() {
  if proxy_is_there && ! is_two; then
    echo "-H=unix:///var/run/weave/weave.sock"
    return 0
  fi
  is_two || not_running weaveproxy
  exit 1
}
