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
            = | --api | --api-key-env | --at | --base-url | --bound | --color | --command | --env | --format | --image | --limit | --max-tokens | --max-turns | --model | --older-than | --only | --output | --output-format | --output-schema | --policy | --record | --run | --session | --stdin | --system | --thinking | --tool | --tools | --trust | --workspace) continue ;;
        esac
        [[ $word == -* || $word == = ]] || typed+="$word "
    done
    COMPREPLY=()
    case $typed in
    'policy groups refresh '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--host --help -h --json --color' -- "$current")
        elif [[ $typed == 'policy groups refresh ' ]]; then
            :
        fi
        ;;
    'policy explain '*)
        case $before in
            --bound | --bound=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--bound --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current")
        fi
        ;;
    'session export '*)
        case $before in
            --format | --format=) mapfile -t COMPREPLY < <(compgen -W 'html md jsonl' -- "$current"); return ;;
            --output | --output=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--format -f --output -o --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session export ' ]]; then
            :
        fi
        ;;
    'session import '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'session import ' ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current")
        fi
        ;;
    'session search '*)
        case $before in
            --limit | --limit=) :; return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--all -a --limit -n --workspace --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            :
        fi
        ;;
    'session verify '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session verify ' ]]; then
            :
        fi
        ;;
    'models update '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--write --help -h --json --color' -- "$current")
        elif [[ $typed == 'models update ' ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current")
        fi
        ;;
    'policy groups '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'policy groups ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'refresh' -- "$current")
        fi
        ;;
    'policy schema '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'policy schema ' ]]; then
            :
        fi
        ;;
    'session label '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session label ' ]]; then
            :
        fi
        ;;
    'policy check '*)
        case $before in
            --bound | --bound=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--strict --bound --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current")
        fi
        ;;
    'session fork '*)
        case $before in
            --at | --at=) :; return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--at --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session fork ' ]]; then
            :
        fi
        ;;
    'session name '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session name ' ]]; then
            :
        fi
        ;;
    'session show '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--full --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session show ' ]]; then
            :
        fi
        ;;
    'session tree '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session tree ' ]]; then
            :
        fi
        ;;
    'auth remove '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'auth remove ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'anthropic openai google google-vertex mistral xai deepseek groq cerebras openrouter moonshotai moonshotai-cn kimi-coding minimax minimax-cn zai zai-api vercel-ai-gateway opencode opencode-go huggingface together fireworks deepinfra nvidia baseten nebius scaleway chutes cohere llama inception perplexity alibaba alibaba-cn xiaomi ollama-cloud v0 ollama llama.cpp lmstudio vllm' -- "$current")
        fi
        ;;
    'models show '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'models show ' ]]; then
            :
        fi
        ;;
    'models test '*)
        case $before in
            --model | --model=) :; return ;;
            --base-url | --base-url=) :; return ;;
            --api | --api=) mapfile -t COMPREPLY < <(compgen -W 'openai-completions openai-responses anthropic-messages google-generative-ai' -- "$current"); return ;;
            --api-key-env | --api-key-env=) :; return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--model -m --base-url --api --api-key-env --help -h --json --color' -- "$current")
        elif [[ $typed == 'models test ' ]]; then
            :
        fi
        ;;
    'policy diff '*)
        case $before in
            --bound | --bound=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--bound --help -h --json --color' -- "$current")
        elif [[ $typed == 'policy diff ' ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current")
        fi
        ;;
    'policy show '*)
        case $before in
            --bound | --bound=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--resolved --groups --bound --help -h --json --color' -- "$current")
        elif [[ $typed == 'policy show ' ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current")
        fi
        ;;
    'policy test '*)
        case $before in
            --bound | --bound=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--bound --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current")
        fi
        ;;
    'auth check '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'anthropic openai google google-vertex mistral xai deepseek groq cerebras openrouter moonshotai moonshotai-cn kimi-coding minimax minimax-cn zai zai-api vercel-ai-gateway opencode opencode-go huggingface together fireworks deepinfra nvidia baseten nebius scaleway chutes cohere llama inception perplexity alibaba alibaba-cn xiaomi ollama-cloud v0 ollama llama.cpp lmstudio vllm' -- "$current")
        fi
        ;;
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
    'policy new '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'policy new ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current")
        fi
        ;;
    'session ls '*)
        case $before in
            --limit | --limit=) :; return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--all -a --limit -n --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'session ls ' ]]; then
            :
        fi
        ;;
    'auth list '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'auth list ' ]]; then
            :
        fi
        ;;
    'auth set '*)
        case $before in
            --command | --command=) :; return ;;
            --env | --env=) :; return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--command --env --help -h --json --color' -- "$current")
        elif [[ $typed == 'auth set ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'anthropic openai google google-vertex mistral xai deepseek groq cerebras openrouter moonshotai moonshotai-cn kimi-coding minimax minimax-cn zai zai-api vercel-ai-gateway opencode opencode-go huggingface together fireworks deepinfra nvidia baseten nebius scaleway chutes cohere llama inception perplexity alibaba alibaba-cn xiaomi ollama-cloud v0 ollama llama.cpp lmstudio vllm' -- "$current")
        fi
        ;;
    'discard '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'discard ' ]]; then
            :
        fi
        ;;
    'session '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'session ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'export fork import label ls name search show tree verify' -- "$current")
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
    'doctor '*)
        case $before in
            --policy | --policy=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--policy --help -h --json --color' -- "$current")
        elif [[ $typed == 'doctor ' ]]; then
            :
        fi
        ;;
    'models '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--all -a --help -h --json --color' -- "$current")
        elif [[ $typed == 'models ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'show test update' -- "$current")
        fi
        ;;
    'policy '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'policy ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'check diff explain groups new schema show test' -- "$current")
        fi
        ;;
    'apply '*)
        case $before in
            --only | --only=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--only --dry-run -n --force --keep-times --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'apply ' ]]; then
            :
        fi
        ;;
    'auth '*)
        case $before in
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help -h --json --color' -- "$current")
        elif [[ $typed == 'auth ' ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'check list remove set' -- "$current")
        fi
        ;;
    'diff '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--patch -p --stat --name-only --force --workspace --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            :
        fi
        ;;
    'exec '*)
        case $before in
            --policy | --policy=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --trust | --trust=) :; return ;;
            --run | --run=) :; return ;;
            --env | --env=) :; return ;;
            --stdin | --stdin=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--policy --workspace --trust --run --env --stdin --terminal -t --plan --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
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
            mapfile -t COMPREPLY < <(compgen -W 'run exec ask diff apply discard undo redo ls show gc session models auth doctor policy help completion version exit-codes stream-json P0101 P0102 P0103 P0104 P0105 P0106 P0107 P0108 P0109 P0110 P0111 P0112 P0113 P0201 P0202 P0203 P0204 P0205 P0206 P0207 P0208 P0209 P0301 P0302 P0303 P0304 P0305 P0306 P0307 P0308 P0309 P0310 P0311 P0312 P0313 W0314 W0315 W0316 W0317 P0401 W0402 P0403 P0404 P0405 P0406 P0407 P0408 P0501 W0601 W0602 W0603 W0604 W0605 P0701 W0702' -- "$current")
        fi
        ;;
    'redo '*)
        case $before in
            --run | --run=) :; return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--run --force --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'redo ' ]]; then
            :
        fi
        ;;
    'show '*)
        case $before in
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'show ' ]]; then
            :
        fi
        ;;
    'undo '*)
        case $before in
            --run | --run=) :; return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--run --force --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'undo ' ]]; then
            :
        fi
        ;;
    'ask '*)
        case $before in
            --model | --model=) :; return ;;
            --base-url | --base-url=) :; return ;;
            --api | --api=) mapfile -t COMPREPLY < <(compgen -W 'openai-completions openai-responses anthropic-messages google-generative-ai' -- "$current"); return ;;
            --api-key-env | --api-key-env=) :; return ;;
            --system | --system=) :; return ;;
            --image | --image=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --tool | --tool=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --thinking | --thinking=) mapfile -t COMPREPLY < <(compgen -W 'off minimal low medium high xhigh max' -- "$current"); return ;;
            --max-tokens | --max-tokens=) :; return ;;
            --record | --record=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--model -m --base-url --api --api-key-env --system --image --tool --thinking --max-tokens --record --help -h --json --color' -- "$current")
        elif [[ $typed == 'ask ' ]]; then
            :
        fi
        ;;
    'run '*)
        case $before in
            --policy | --policy=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -W 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -- "$current"); return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --trust | --trust=) :; return ;;
            --model | --model=) :; return ;;
            --base-url | --base-url=) :; return ;;
            --api | --api=) mapfile -t COMPREPLY < <(compgen -W 'openai-completions openai-responses anthropic-messages google-generative-ai' -- "$current"); return ;;
            --api-key-env | --api-key-env=) :; return ;;
            --session | --session=) :; return ;;
            --tools | --tools=) :; return ;;
            --max-turns | --max-turns=) :; return ;;
            --env | --env=) :; return ;;
            --output-format | --output-format=) mapfile -t COMPREPLY < <(compgen -W 'text json stream-json' -- "$current"); return ;;
            --output-schema | --output-schema=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --record | --record=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--policy --workspace --trust --model -m --base-url --api --api-key-env --continue -c --session --no-session --tools --max-turns --env --output-format --output-schema --record --plan --help -h --json --color' -- "$current")
        elif [[ -n $typed ]]; then
            :
        fi
        ;;
    'gc '*)
        case $before in
            --older-than | --older-than=) :; return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--older-than --dry-run -n --help -h --json --color' -- "$current")
        elif [[ $typed == 'gc ' ]]; then
            :
        fi
        ;;
    'ls '*)
        case $before in
            --limit | --limit=) :; return ;;
            --workspace | --workspace=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --json=) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
            --color | --color=) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        esac
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--all -a --limit -n --workspace --help -h --json --color' -- "$current")
        elif [[ $typed == 'ls ' ]]; then
            :
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
            mapfile -t COMPREPLY < <(compgen -W 'apply ask auth completion diff discard doctor exec gc help ls models policy redo run session show undo version' -- "$current")
        fi
        ;;
    esac
}
complete -F _pi_runner pi-runner
