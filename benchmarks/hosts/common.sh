# What the benchmarks on hosts share: hosts, the lock's ZooKeeper, and bare ssh. Sourced, with `here` and `horai` set.
work=$(mktemp -d /tmp/horai-bench.XXXXXX)
export HORAI_HOME=$work/state
server=
finish() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  for hosts in "$work"/hosts-*; do [ -d "$hosts" ] && "$here/hosts.sh" down "$hosts"; done
  rm -rf "$work"
}
trap finish EXIT

coordination() { # the lock of a cluster is kept in a real ZooKeeper
  mkdir -p "$work/zk"
  printf 'tickTime=2000\ndataDir=%s/zk\nclientPort=2181\nclientPortAddress=127.64.255.1\nadmin.enableServer=false\n' \
    "$work" >"$work/zoo.cfg"
  java -Xmx128m -cp "$home/bundles/00/curator.jar:$home/lib/slf4j-api.jar:$home/lib/slf4j-jdk14.jar" \
    org.apache.zookeeper.server.quorum.QuorumPeerMain "$work/zoo.cfg" >"$work/zk.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    (exec 3<>/dev/tcp/127.64.255.1/2181) 2>/dev/null && return
    sleep 0.1
  done
  cat "$work/zk.log" >&2
  exit 1
}

ssh_options=(-F none -o BatchMode=yes -o KexAlgorithms=curve25519-sha256 -o StrictHostKeyChecking=yes)
bare_ssh() {
  local number=0 pids=() address
  while read -r address; do
    number=$((number + 1))
    ssh "${ssh_options[@]}" -o "UserKnownHostsFile=$hosts/known_hosts" -i "$hosts/key" "root@$address" \
      sh -s <"$hosts/h$number/role.sh" >/dev/null &
    pids+=($!)
  done <"$hosts/addresses"
  for pid in "${pids[@]}"; do wait "$pid"; done
}

prepare() { # prepare N
  hosts=$work/hosts-$1
  "$here/hosts.sh" up "$1" "$hosts"
  local number=0 address peers
  while read -r address; do
    number=$((number + 1))
    peers=$(grep -vxF "$address" "$hosts/addresses")
    awk -v peers="$peers" '$0 == "@PEERS@" { print peers; next } { print }' "$here/role.sh" >"$hosts/h$number/role.sh"
    echo "$address ansible_user=root ansible_ssh_private_key_file=$hosts/key root=$hosts/h$number/root" \
      "peers='$(echo "$peers" | tr '\n' ' ' | sed 's/ $//')'" >>"$hosts/inventory"
  done <"$hosts/addresses"
  "$horai" --quiet -c "cluster:use $hosts/cluster.yaml" >/dev/null
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
