# fish completion for pi-runner; made by `pi-runner completion fish`
function __pi_runner_command
    set -l words (commandline -opc)
    set -l named
    for i in (seq 2 (count $words))
        contains -- $words[(math $i - 1)] --bound --color --env --policy --stdin --workspace
        or string match --quiet -- '-*' $words[$i]
        or set -a named $words[$i]
    end
    for name in 'policy groups refresh' 'policy explain' 'policy groups' 'policy schema' 'policy check' 'policy diff' 'policy show' 'policy test' 'completion' 'policy new' 'version' 'policy' 'exec' 'help'
        if string match --quiet -- "$name *" "$named "
            test "$argv[1]" = "$name"
            or test "$argv[1]" = "$name alone" -a "$named" = "$name"
            return
        end
    end
    test -z "$argv[1]"
end
complete -c pi-runner -f
complete -c pi-runner -n '__pi_runner_command "policy groups refresh"' -l host -d 'for everybody on this host: /etc/pi-runner/policies'
complete -c pi-runner -n '__pi_runner_command "policy groups refresh"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy groups refresh"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy groups refresh"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy explain"' -l bound -r -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -d 'a further bound, besides those of the host and of the workspace'
complete -c pi-runner -n '__pi_runner_command "policy explain"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy explain"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy explain"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy explain"' -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt'
complete -c pi-runner -n '__pi_runner_command "policy groups"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy groups"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy groups"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy groups alone"' -a 'refresh'
complete -c pi-runner -n '__pi_runner_command "policy schema"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy schema"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy schema"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy check"' -l strict -d 'take warnings for errors, as with CI=true in the environment'
complete -c pi-runner -n '__pi_runner_command "policy check"' -l bound -r -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -d 'a further bound, besides those of the host and of the workspace'
complete -c pi-runner -n '__pi_runner_command "policy check"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy check"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy check"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy check"' -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt'
complete -c pi-runner -n '__pi_runner_command "policy diff"' -l bound -r -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -d 'a further bound, besides those of the host and of the workspace'
complete -c pi-runner -n '__pi_runner_command "policy diff"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy diff"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy diff"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy diff alone"' -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt'
complete -c pi-runner -n '__pi_runner_command "policy show"' -l resolved -d 'what is in force, and where each value comes from'
complete -c pi-runner -n '__pi_runner_command "policy show"' -l groups -d 'what the groups that it names stand for on this host'
complete -c pi-runner -n '__pi_runner_command "policy show"' -l bound -r -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -d 'a further bound, besides those of the host and of the workspace'
complete -c pi-runner -n '__pi_runner_command "policy show"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy show"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy show"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy show alone"' -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt'
complete -c pi-runner -n '__pi_runner_command "policy test"' -l bound -r -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -d 'a further bound, besides those of the host and of the workspace'
complete -c pi-runner -n '__pi_runner_command "policy test"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy test"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy test"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy test"' -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt'
complete -c pi-runner -n '__pi_runner_command "completion"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "completion"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "completion"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "completion alone"' -a 'bash zsh fish'
complete -c pi-runner -n '__pi_runner_command "policy new"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy new"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy new"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy new alone"' -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt'
complete -c pi-runner -n '__pi_runner_command "version"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "version"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "version"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "policy"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "policy"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "policy alone"' -a 'check diff explain groups new schema show test'
complete -c pi-runner -n '__pi_runner_command "exec"' -l policy -r -F -a 'base/locked-down ceiling.example ci-fix default exec laptop nightly review-only untrusted-prompt' -d 'what is allowed; `exec` if it is left out'
complete -c pi-runner -n '__pi_runner_command "exec"' -l workspace -r -F -d 'the folder to work on; the one you are in if it is left out'
complete -c pi-runner -n '__pi_runner_command "exec"' -l env -x -d 'a variable for the program; can be given more than once'
complete -c pi-runner -n '__pi_runner_command "exec"' -l stdin -r -F -d 'what the program reads from its standard input'
complete -c pi-runner -n '__pi_runner_command "exec"' -l terminal -s t -d 'give the program a terminal of its own'
complete -c pi-runner -n '__pi_runner_command "exec"' -l plan -d 'print what would be set up, and start nothing'
complete -c pi-runner -n '__pi_runner_command "exec"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "exec"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "exec"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "help"' -l man -d 'print the man page\'s source'
complete -c pi-runner -n '__pi_runner_command "help"' -l schema -d 'print the JSON Schema of the command\'s `--json`'
complete -c pi-runner -n '__pi_runner_command "help"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "help"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "help"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "help"' -a 'exec policy help completion version exit-codes P0101 P0102 P0103 P0104 P0105 P0106 P0107 P0108 P0109 P0110 P0111 P0112 P0113 P0201 P0202 P0203 P0204 P0205 P0206 P0207 P0208 P0209 P0301 P0302 P0303 P0304 P0305 P0306 P0307 P0308 P0309 P0310 P0311 P0312 P0313 W0314 W0315 W0316 W0317 P0401 W0402 P0403 P0404 P0405 P0406 P0407 P0408 P0501 W0601 W0602 W0603 W0604 W0605 P0701'
complete -c pi-runner -n '__pi_runner_command ""' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command ""' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command ""' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command ""' -l version -s V -d 'print versions and stop'
complete -c pi-runner -n '__pi_runner_command ""' -a 'completion exec help policy version'
