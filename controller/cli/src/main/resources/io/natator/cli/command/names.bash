
# Names of resources, asked of the daemon: natator get translations <TAB>
function _complete_natator_names() {
  local word=${COMP_WORDS[COMP_CWORD]}
  case ${COMP_WORDS[1]} in
    get | describe | delete | watch)
      if ((COMP_CWORD > 2)) && [[ $word != -* && ${COMP_WORDS[COMP_CWORD - 1]} != -* ]]; then
        COMPREPLY=($(compgen -W "$(natator get "${COMP_WORDS[2]}" -o name 2>/dev/null | sed 's,.*/,,')" -- "$word"))
        return
      fi
      ;;
  esac
  _complete_natator
}
complete -F _complete_natator_names -o default natator
