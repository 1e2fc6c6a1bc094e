#compdef pi-runner
# zsh completion for pi-runner; made by `pi-runner completion zsh`
_pi_runner() {
    local current=${words[CURRENT]} before=${words[CURRENT-1]} word i
    local -a named
    for ((i = 2; i < CURRENT; i++)); do
        word=${words[i]}
        case ${words[i-1]} in
            --api|--api-key-env|--at|--base-url|--bound|--color|--command|--env|--format|--image|--limit|--max-tokens|--max-turns|--model|--older-than|--only|--output|--output-format|--output-schema|--policy|--record|--run|--session|--stdin|--system|--thinking|--tool|--tools|--trust|--workspace) continue ;;
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
    'policy groups refresh '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --host --help -h --json --color
        elif [[ $typed == 'policy groups refresh ' ]]; then
            :
        fi
        ;;
    'policy explain '*)
        case $before in
            --bound | --bound=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --bound --help -h --json --color
        elif [[ -n $typed ]]; then
            compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files
        fi
        ;;
    'session export '*)
        case $before in
            --format | --format=) compadd -- html md jsonl; return ;;
            --output | --output=) _files; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --format -f --output -o --workspace --help -h --json --color
        elif [[ $typed == 'session export ' ]]; then
            :
        fi
        ;;
    'session import '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'session import ' ]]; then
            _files
        fi
        ;;
    'session search '*)
        case $before in
            --limit | --limit=) :; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --all -a --limit -n --workspace --help -h --json --color
        elif [[ -n $typed ]]; then
            :
        fi
        ;;
    'session verify '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --workspace --help -h --json --color
        elif [[ $typed == 'session verify ' ]]; then
            :
        fi
        ;;
    'models update '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --write --help -h --json --color
        elif [[ $typed == 'models update ' ]]; then
            _files
        fi
        ;;
    'policy groups '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'policy groups ' ]]; then
            compadd -- refresh
        fi
        ;;
    'policy schema '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'policy schema ' ]]; then
            :
        fi
        ;;
    'session label '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --workspace --help -h --json --color
        elif [[ $typed == 'session label ' ]]; then
            :
        fi
        ;;
    'policy check '*)
        case $before in
            --bound | --bound=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --strict --bound --help -h --json --color
        elif [[ -n $typed ]]; then
            compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files
        fi
        ;;
    'session fork '*)
        case $before in
            --at | --at=) :; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --at --workspace --help -h --json --color
        elif [[ $typed == 'session fork ' ]]; then
            :
        fi
        ;;
    'session name '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --workspace --help -h --json --color
        elif [[ $typed == 'session name ' ]]; then
            :
        fi
        ;;
    'session show '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --full --workspace --help -h --json --color
        elif [[ $typed == 'session show ' ]]; then
            :
        fi
        ;;
    'session tree '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --workspace --help -h --json --color
        elif [[ $typed == 'session tree ' ]]; then
            :
        fi
        ;;
    'auth remove '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'auth remove ' ]]; then
            compadd -- anthropic openai google google-vertex mistral xai deepseek groq cerebras openrouter moonshotai moonshotai-cn kimi-coding minimax minimax-cn zai zai-api vercel-ai-gateway opencode opencode-go huggingface together fireworks deepinfra nvidia baseten nebius scaleway chutes cohere llama inception perplexity alibaba alibaba-cn xiaomi ollama-cloud v0 ollama llama.cpp lmstudio vllm
        fi
        ;;
    'models show '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'models show ' ]]; then
            :
        fi
        ;;
    'models test '*)
        case $before in
            --model | --model=) :; return ;;
            --base-url | --base-url=) :; return ;;
            --api | --api=) compadd -- openai-completions openai-responses anthropic-messages google-generative-ai; return ;;
            --api-key-env | --api-key-env=) :; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --model -m --base-url --api --api-key-env --help -h --json --color
        elif [[ $typed == 'models test ' ]]; then
            :
        fi
        ;;
    'policy diff '*)
        case $before in
            --bound | --bound=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --bound --help -h --json --color
        elif [[ $typed == 'policy diff ' ]]; then
            compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files
        fi
        ;;
    'policy show '*)
        case $before in
            --bound | --bound=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --resolved --groups --bound --help -h --json --color
        elif [[ $typed == 'policy show ' ]]; then
            compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files
        fi
        ;;
    'policy test '*)
        case $before in
            --bound | --bound=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --bound --help -h --json --color
        elif [[ -n $typed ]]; then
            compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files
        fi
        ;;
    'auth check '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ -n $typed ]]; then
            compadd -- anthropic openai google google-vertex mistral xai deepseek groq cerebras openrouter moonshotai moonshotai-cn kimi-coding minimax minimax-cn zai zai-api vercel-ai-gateway opencode opencode-go huggingface together fireworks deepinfra nvidia baseten nebius scaleway chutes cohere llama inception perplexity alibaba alibaba-cn xiaomi ollama-cloud v0 ollama llama.cpp lmstudio vllm
        fi
        ;;
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
    'policy new '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'policy new ' ]]; then
            compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt
        fi
        ;;
    'session ls '*)
        case $before in
            --limit | --limit=) :; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --all -a --limit -n --workspace --help -h --json --color
        elif [[ $typed == 'session ls ' ]]; then
            :
        fi
        ;;
    'auth list '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'auth list ' ]]; then
            :
        fi
        ;;
    'auth set '*)
        case $before in
            --command | --command=) :; return ;;
            --env | --env=) :; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --command --env --help -h --json --color
        elif [[ $typed == 'auth set ' ]]; then
            compadd -- anthropic openai google google-vertex mistral xai deepseek groq cerebras openrouter moonshotai moonshotai-cn kimi-coding minimax minimax-cn zai zai-api vercel-ai-gateway opencode opencode-go huggingface together fireworks deepinfra nvidia baseten nebius scaleway chutes cohere llama inception perplexity alibaba alibaba-cn xiaomi ollama-cloud v0 ollama llama.cpp lmstudio vllm
        fi
        ;;
    'discard '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --workspace --help -h --json --color
        elif [[ $typed == 'discard ' ]]; then
            :
        fi
        ;;
    'session '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'session ' ]]; then
            compadd -- export fork import label ls name search show tree verify
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
    'doctor '*)
        case $before in
            --policy | --policy=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --policy --help -h --json --color
        elif [[ $typed == 'doctor ' ]]; then
            :
        fi
        ;;
    'models '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --all -a --help -h --json --color
        elif [[ $typed == 'models ' ]]; then
            compadd -- show test update
        fi
        ;;
    'policy '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'policy ' ]]; then
            compadd -- check diff explain groups new schema show test
        fi
        ;;
    'apply '*)
        case $before in
            --only | --only=) _files; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --only --dry-run -n --force --keep-times --workspace --help -h --json --color
        elif [[ $typed == 'apply ' ]]; then
            :
        fi
        ;;
    'auth '*)
        case $before in
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --help -h --json --color
        elif [[ $typed == 'auth ' ]]; then
            compadd -- check list remove set
        fi
        ;;
    'diff '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --patch -p --stat --name-only --force --workspace --help -h --json --color
        elif [[ -n $typed ]]; then
            :
        fi
        ;;
    'exec '*)
        case $before in
            --policy | --policy=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --workspace | --workspace=) _files; return ;;
            --trust | --trust=) :; return ;;
            --run | --run=) :; return ;;
            --env | --env=) :; return ;;
            --stdin | --stdin=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --policy --workspace --trust --run --env --stdin --terminal -t --plan --help -h --json --color
        elif [[ -n $typed ]]; then
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
            compadd -- run exec ask diff apply discard undo redo ls show gc session models auth doctor policy help completion version exit-codes stream-json P0101 P0102 P0103 P0104 P0105 P0106 P0107 P0108 P0109 P0110 P0111 P0112 P0113 P0201 P0202 P0203 P0204 P0205 P0206 P0207 P0208 P0209 P0301 P0302 P0303 P0304 P0305 P0306 P0307 P0308 P0309 P0310 P0311 P0312 P0313 W0314 W0315 W0316 W0317 P0401 W0402 P0403 P0404 P0405 P0406 P0407 P0408 P0501 W0601 W0602 W0603 W0604 W0605 P0701 W0702
        fi
        ;;
    'redo '*)
        case $before in
            --run | --run=) :; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --run --force --workspace --help -h --json --color
        elif [[ $typed == 'redo ' ]]; then
            :
        fi
        ;;
    'show '*)
        case $before in
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --workspace --help -h --json --color
        elif [[ $typed == 'show ' ]]; then
            :
        fi
        ;;
    'undo '*)
        case $before in
            --run | --run=) :; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --run --force --workspace --help -h --json --color
        elif [[ $typed == 'undo ' ]]; then
            :
        fi
        ;;
    'ask '*)
        case $before in
            --model | --model=) :; return ;;
            --base-url | --base-url=) :; return ;;
            --api | --api=) compadd -- openai-completions openai-responses anthropic-messages google-generative-ai; return ;;
            --api-key-env | --api-key-env=) :; return ;;
            --system | --system=) :; return ;;
            --image | --image=) _files; return ;;
            --tool | --tool=) _files; return ;;
            --thinking | --thinking=) compadd -- off minimal low medium high xhigh max; return ;;
            --max-tokens | --max-tokens=) :; return ;;
            --record | --record=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --model -m --base-url --api --api-key-env --system --image --tool --thinking --max-tokens --record --help -h --json --color
        elif [[ $typed == 'ask ' ]]; then
            :
        fi
        ;;
    'run '*)
        case $before in
            --policy | --policy=) compadd -- base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt; _files; return ;;
            --workspace | --workspace=) _files; return ;;
            --trust | --trust=) :; return ;;
            --model | --model=) :; return ;;
            --base-url | --base-url=) :; return ;;
            --api | --api=) compadd -- openai-completions openai-responses anthropic-messages google-generative-ai; return ;;
            --api-key-env | --api-key-env=) :; return ;;
            --session | --session=) :; return ;;
            --tools | --tools=) :; return ;;
            --max-turns | --max-turns=) :; return ;;
            --env | --env=) :; return ;;
            --output-format | --output-format=) compadd -- text json stream-json; return ;;
            --output-schema | --output-schema=) _files; return ;;
            --record | --record=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --policy --workspace --trust --model -m --base-url --api --api-key-env --continue -c --session --no-session --tools --max-turns --env --output-format --output-schema --record --plan --help -h --json --color
        elif [[ -n $typed ]]; then
            :
        fi
        ;;
    'gc '*)
        case $before in
            --older-than | --older-than=) :; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --older-than --dry-run -n --help -h --json --color
        elif [[ $typed == 'gc ' ]]; then
            :
        fi
        ;;
    'ls '*)
        case $before in
            --limit | --limit=) :; return ;;
            --workspace | --workspace=) _files; return ;;
            --json=) _files; return ;;
            --color | --color=) compadd -- auto always never; return ;;
        esac
        if [[ $current == -* ]]; then
            compadd -- --all -a --limit -n --workspace --help -h --json --color
        elif [[ $typed == 'ls ' ]]; then
            :
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
            compadd -- apply ask auth completion diff discard doctor exec gc help ls models policy redo run session show undo version
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
