/// Completion for bash 4 and newer.
enum BashCompletion {
    static func script(_ commands: [Command]) -> String {
        let plan = CompletionPlan(commands)
        return """
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
                        = | \(plan.takingNextWord.joined(separator: " | "))) continue ;;
                    esac
                    [[ $word == -* || $word == = ]] || typed+="$word "
                done
                COMPREPLY=()
                case $typed in
            \(plan.rows.map { $0.caseArm(reply: reply) }.joined(separator: "\n"))
                esac
            }
            complete -F _pi_runner pi-runner

            """
    }

    private static func reply(_ candidates: CompletionPlan.Candidates) -> String {
        switch candidates {
        case .none: ":"
        case .files:
            "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")"
        case .filesOr(let words):
            "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W '\(words.joined(separator: " "))' -- \"$current\")"
        case .words(let words):
            "mapfile -t COMPREPLY < <(compgen -W '\(words.joined(separator: " "))' -- \"$current\")"
        }
    }
}
