# What bin/ip changes: $object, $verb and the words after them.

no_device() {
  echo "Cannot find device \"$1\"" >&2
  exit 1
}

answers() {
  echo "RTNETLINK answers: $1" >&2
  exit 2
}

case "$object-$verb" in
  link-add)
    [ "$1" != name ] && [ "$1" != dev ] || shift
    name=$1 kind= mac=
    shift
    while [ $# -gt 0 ]; do
      case "$1" in
        type) kind=$2; shift 2; break ;;
        address) mac=$2; shift 2 ;;
        *) shift ;;
      esac
    done
    is_link "$name" && answers 'File exists'
    case "$kind" in
      bridge) new_link "$name" bridge ${mac:+mac=$mac} ;;
      vxlan)
        fault no-vxlan && answers 'Operation not supported'
        id= dstport=8472 local=
        while [ $# -gt 0 ]; do
          case "$1" in
            id) id=$2; shift 2 ;;
            dstport) dstport=$2; shift 2 ;;
            local) local=$2; shift 2 ;;
            *) shift ;;
          esac
        done
        new_link "$name" vxlan "id=$id" "dstport=$dstport" "local=$local" ${mac:+mac=$mac}
        ;;
      *) answers 'Operation not supported' ;;
    esac
    ;;
  link-del*)
    [ "$1" != dev ] || shift
    is_link "$1" || no_device "$1"
    drop_link "$1"
    ;;
  link-set)
    [ "$1" != dev ] || shift
    is_link "$1" || no_device "$1"
    name=$1
    shift
    while [ $# -gt 0 ]; do
      case "$1" in
        up) set_link "$name" up yes ;;
        down) set_link "$name" up no ;;
        mtu) set_link "$name" mtu "$2"; shift ;;
        address) set_link "$name" mac "$2"; shift ;;
        master)
          is_link "$2" || no_device "$2"
          set_link "$name" master "$2"
          shift
          ;;
        nomaster) set_link "$name" master '' ;;
      esac
      shift
    done
    ;;
  addr-*)
    cidr=$1 name=
    while [ $# -gt 0 ]; do
      [ "$1" != dev ] || name=$2
      shift
    done
    is_link "$name" || no_device "$name"
    if link_value "$name" address | grep -qxF "$cidr"; then
      case "$verb" in
        add) answers 'File exists' ;;
        del) drop_line "$name" "address=$cidr" ;;
      esac
    else
      [ "$verb" != del ] || answers 'Cannot assign requested address'
      add_line "$name" "address=$cidr"
    fi
    ;;
esac
publish_links
