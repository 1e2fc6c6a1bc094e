/// Completion for zsh.
enum ZshCompletion {
    static func script(_ commands: [Command]) -> String {
        let plan = CompletionPlan(commands)
        return """
            #compdef pi-runner
            # zsh completion for pi-runner; made by `pi-runner completion zsh`
            _pi_runner() {
                local current=${words[CURRENT]} before=${words[CURRENT-1]} word i
                local -a named
                for ((i = 2; i < CURRENT; i++)); do
                    word=${words[i]}
                    case ${words[i-1]} in
                        \(plan.takingNextWord.joined(separator: "|"))) continue ;;
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
            \(plan.rows.map { $0.caseArm(reply: reply) }.joined(separator: "\n"))
                esac
            }
            # Loaded by the completion system the file is the function's body; sourced, it registers itself.
            if [[ $funcstack[1] == _pi_runner ]]; then
                _pi_runner "$@"
            else
                (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
            compdef _pi_runner pi-runner
            fi

            """
    }

    private static func reply(_ candidates: CompletionPlan.Candidates) -> String {
        switch candidates {
        case .none: ":"
        case .files: "_files"
        case .filesOr(let words): "compadd -- \(words.joined(separator: " ")); _files"
        case .words(let words): "compadd -- \(words.joined(separator: " "))"
        }
    }
}
