/// What a shell needs to ask Drydock for the words that may come next; all knowledge stays in the program.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  private static let bashText = #"""
    # bash completion for drydock
    _drydock() {
      local IFS=$'\n' cur="${COMP_WORDS[COMP_CWORD]}" lines
      lines=($("$1" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
      case "${lines[0]}" in
        :file) COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null ;;
        :folder) COMPREPLY=($(compgen -d -- "$cur")); compopt -o filenames 2>/dev/null ;;
        *) COMPREPLY=("${lines[@]%%$'\t'*}") ;;
      esac
    }
    complete -F _drydock drydock

    """#

  private static let zshText = #"""
    #compdef drydock
    _drydock() {
      local -a lines entries
      local line
      lines=("${(@f)$($words[1] __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
      case $lines[1] in
        :file) _files; return ;;
        :folder) _files -/; return ;;
      esac
      for line in $lines; do
        if [[ $line == *$'\t'* ]]; then
          entries+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        elif [[ -n $line ]]; then
          entries+=("${line//:/\\:}")
        fi
      done
      (( $#entries )) && _describe -V word entries
    }
    if [ "$funcstack[1]" = "_drydock" ]; then _drydock "$@"; else compdef _drydock drydock; fi

    """#

  private static let fishText = #"""
    # fish completion for drydock
    function __drydock_complete
      set -l current (commandline -ct)
      set -l words (commandline -opc) "$current"
      set -l lines (command $words[1] __complete $words[2..-1] 2>/dev/null)
      switch "$lines[1]"
        case ':file'
          __fish_complete_path "$current"
        case ':folder'
          __fish_complete_directories "$current"
        case '*'
          printf '%s\n' $lines
      end
    end
    complete -c drydock -f -a '(__drydock_complete)'

    """#
}
