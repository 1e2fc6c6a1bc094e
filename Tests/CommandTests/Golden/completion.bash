# bash completion for pi-runner; made by `pi-runner completion bash`
_pi_runner() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local typed= word i
    # bash splits `--json=FILE` in three: the option is then two words back, and gets the sign.
    if [[ $current == = ]]; then
        current= before+==
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}=
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case ${COMP_WORDS[i - 1]} in
            = | --color) continue ;;
        esac
        [[ $word == -* || $word == = ]] || typed+="$word "
    done
    COMPREPLY=()
    case $typed in
    'completion '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'completion ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'bash zsh fish' -- "$current")
        fi
        ;;
    'version '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'version ' ]]; then
            :
        fi
        ;;
    'help '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--man --schema --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'help completion version exit-codes' -- "$current")
        fi
        ;;
    *)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color --version -V' -- "$current")
        elif [[ $typed == '' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'completion help version' -- "$current")
        fi
        ;;
    esac
}
complete -F _pi_runner pi-runner
