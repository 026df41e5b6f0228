
# Names of resources, asked of the daemon: natator get translations <TAB>
function _natator_names_of() {
  COMPREPLY=($(compgen -W "$(natator get "$1" -o name 2>/dev/null | sed 's,.*/,,')" -- "$2"))
}
function _complete_natator_names() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  case ${COMP_WORDS[1]} in
    neighbors)
      if [[ $word != -* && $before != -o && $before != --output ]]; then
        _natator_names_of neighbors "$word"
        return
      fi
      ;;
    routes)
      case $before in
        -n | --neighbor) _natator_names_of neighbors "$word"; return ;;
        -t | --translation) _natator_names_of translations "$word"; return ;;
      esac
      ;;
    sessions | whois)
      case $before in
        -d | --device) _natator_names_of devices "$word"; return ;;
        -t | --translation) _natator_names_of translations "$word"; return ;;
        -p | --protocol) COMPREPLY=($(compgen -W "tcp udp icmp" -- "$word")); return ;;
      esac
      ;;
    get | describe | delete | watch)
      if ((COMP_CWORD > 2)) && [[ $word != -* && $before != -* ]]; then
        _natator_names_of "${COMP_WORDS[2]}" "$word"
        return
      fi
      ;;
  esac
  _complete_natator
}
complete -F _complete_natator_names -o default natator
