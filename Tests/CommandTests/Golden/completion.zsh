#compdef pi-runner
# zsh completion for pi-runner; made by `pi-runner completion zsh`
_pi_runner() {
    local current=${words[CURRENT]} before=${words[CURRENT-1]} word i
    local -a named
    for ((i = 2; i < CURRENT; i++)); do
        word=${words[i]}
        case ${words[i-1]} in
            --color) continue ;;
        esac
        [[ $word == -* ]] || named+=$word
    done
    if [[ $current == --*=* ]]; then
        before=${current%%=*}=
        compset -P '*='
        current=
    fi
    local typed=${named:+${(j: :)named} }
case $typed in
    'completion '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'completion ' ]]; then
            compadd -- bash zsh fish
        fi
        ;;
    'version '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'version ' ]]; then
            :
        fi
        ;;
    'help '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --man --schema --help -h --json --color
        elif [[ -n $typed ]]; then
            compadd -- help completion version exit-codes
        fi
        ;;
    *)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color --version -V
        elif [[ $typed == '' ]]; then
            compadd -- completion help version
        fi
        ;;
    esac
}
# Loaded by the completion system the file is the function's body; sourced, it registers itself.
if [[ $funcstack[1] == _pi_runner ]]; then
    _pi_runner "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _pi_runner pi-runner
fi
