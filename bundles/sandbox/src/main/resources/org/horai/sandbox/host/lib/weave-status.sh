# What the router says about itself.

status() {
  case "$1" in
    '' | targets | connections | peers | dns | ipam) ;;
    *)
      echo "Invalid 'weave status' sub-command: $1" >&2
      usage
      ;;
  esac
  if ! is_running weave; then
    [ -n "$1" ] || printf '\n\n'
    not_running weave
    exit 1
  fi
  case "$1" in
    '') full_status ;;
    ipam) [ -z "$(peer_value ring)" ] || ring show ;;
    dns)
      case " $(cat "$KEPT/launched") " in
        *" --no-dns "*)
          echo "error during template execution" >&2
          exit 1
          ;;
      esac
      ;;
    *) mesh "$1" ;;
  esac
}

encryption() { [ -n "$(peer_value password)" ] && echo enabled || echo disabled; }

ipam_state() {
  if [ -n "$(peer_value ring)" ]; then
    mine=$(awk -v me="$(peer_value name)" '$3 == me' "$(ring_dir)/entries")
    others=$(mesh known | grep -vxF "$(peer_value name)" || :)
    if [ -z "$mine" ] && [ -z "$others" ]; then
      echo "all IP ranges owned by unreachable peers"
    else
      echo ready
    fi
  elif [ -e "$RUN/pending" ]; then
    echo "awaiting consensus (quorum: $(($(peer_value init) / 2 + 1)), known: $(mesh linked | wc -l | tr -d ' '))"
  else
    echo idle
  fi
}

full_status() {
  printf '\n        Version: %s (version check update disabled)\n\n' "$WEAVE_VERSION"
  printf '        Service: router\n       Protocol: weave 1..2\n'
  printf '           Name: %s(%s)\n' "$(peer_value name)" "$HORAI_NAME"
  printf '     Encryption: %s\n  PeerDiscovery: enabled\n' "$(encryption)"
  printf '        Targets: %s\n' "$(mesh targets | wc -l | tr -d ' ')"
  mesh counts
  printf ' TrustedSubnets: none\n\n        Service: ipam\n         Status: %s\n' "$(ipam_state)"
  printf '          Range: %s\n  DefaultSubnet: %s\n\n' "$(shown_range)" "$(peer_value subnet)"
  case " $(cat "$KEPT/launched") " in
    *" --no-dns "*) ;;
    *) printf '        Service: dns\n         Domain: weave.local.\n       Upstream: 127.0.0.1\n            TTL: 1\n        Entries: 0\n\n' ;;
  esac
  if proxy_is_there; then
    printf '        Service: proxy\n        Address: unix:///var/run/weave/weave.sock\n\n'
  fi
  if is_two; then
    printf '        Service: plugin (legacy)\n     DriverName: weave\n\n'
  elif is_running weaveplugin; then
    printf '        Service: plugin\n     DriverName: weave\n\n'
  fi
}

ipam_json() {
  printf '        "Paxos": null,\n        "Range": "%s",\n' "$(shown_range)"
  printf '        "RangeNumIPs": %s,\n' "$(awk -v c="$(peer_value range)" 'BEGIN { print 2 ^ (32 - substr(c, index(c, "/") + 1)) }')"
  if is_two; then
    printf '        "ActiveIPs": %s,\n' "$(list_addresses | wc -w | awk -v n="$(list_addresses | wc -l)" '{ print $1 - 2 * n }')"
  fi
  printf '        "DefaultSubnet": "%s",\n' "$(peer_value subnet)"
  if [ -n "$(peer_value ring)" ]; then
    printf '        "Entries": [\n'
    ring json
    printf '        ],\n'
  else
    printf '        "Entries": null,\n'
  fi
  printf '        "PendingClaims": null,\n        "PendingAllocates": null\n'
}

proxy_json() {
  if [ -e "$RUN/proxy" ]; then
    printf ',\n    "Proxy": {\n        "Addresses": [\n            "unix:///var/run/weave/weave.sock"\n        ]\n    }'
  fi
  printf ',\n    "Plugin": {\n        "DriverName": "weave",\n        "MeshDriverName": "weavemesh"\n    }'
}

full_report() {
  printf '{\n'
  if is_two; then printf '    "Ready": true,\n'; fi
  printf '    "Version": "%s",\n    "VersionCheck": {\n        "Enabled": false,\n' "$WEAVE_VERSION"
  if is_two; then printf '        "Success": false,\n'; fi
  printf '        "NewVersion": "",\n        "NextCheckAt": "0001-01-01T00:00:00Z"\n    },\n    "Router": {\n'
  mesh router
  printf '    },\n    "IPAM": {\n'
  ipam_json
  printf '    }'
  if is_two; then proxy_json; fi
  printf '\n}'
}

compact() { tr -d '\n' | sed 's/  */ /g; s/\([{[,]\) /\1/g; s/ \([]}]\)/\1/g; s/": /":/g'; }

# report [-f FORMAT]: the format may name values of the report and nothing more.
report() {
  case "$1" in
    -f | --format) format=$2 ;;
    --format=*) format=${1#*=} ;;
    *) full_report; return 0 ;;
  esac
  text=$format
  full_report >"$RUN/report.$$"
  while :; do
    case "$text" in
      *'{{range'* | *'{{if'* | *'{{len'* | *'{{with'* | *'|'*'}}'*) rm -f "$RUN/report.$$"; unplayed "the template '$format'" ;;
    esac
    path=$(printf '%s' "$text" | tr '\n' ' ' | sed -n 's/.*{{ *\(json \)\{0,1\}\(\.[A-Za-z0-9_.]*\) *}}.*/\1\2/p')
    [ -n "$path" ] || break
    value=$(awk -v path="${path#json }" -f "$LIB/report.awk" "$RUN/report.$$") || { rm -f "$RUN/report.$$"; echo 'error during template execution' >&2; exit 1; }
    value=$(printf '%s' "$value" | compact)
    case "$path" in json\ *) ;; *) value=$(printf '%s' "$value" | sed 's/^"\(.*\)"$/\1/') ;; esac
    value=$(printf '%s' "$value" | sed 's/[&|\\]/\\&/g')
    text=$(printf '%s' "$text" | sed "s|{{ *$path *}}|$value|g")
  done
  rm -f "$RUN/report.$$"
  case "$text" in *'{{'*) echo 'error during template execution' >&2; exit 1 ;; esac
  printf '%s' "$text"
}
