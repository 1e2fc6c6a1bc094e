# fish completion for pi-runner; made by `pi-runner completion fish`
function __pi_runner_command
    set -l words (commandline -opc)
    set -l named
    for i in (seq 2 (count $words))
        contains -- $words[(math $i - 1)] --color
        or string match --quiet -- '-*' $words[$i]
        or set -a named $words[$i]
    end
    for name in 'completion' 'version' 'help'
        if string match --quiet -- "$name *" "$named "
            test "$argv[1]" = "$name"
            or test "$argv[1]" = "$name alone" -a "$named" = "$name"
            return
        end
    end
    test -z "$argv[1]"
end
complete -c pi-runner -f
complete -c pi-runner -n '__pi_runner_command "completion"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "completion"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "completion"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "completion alone"' -a 'bash zsh fish'
complete -c pi-runner -n '__pi_runner_command "version"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "version"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "version"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "help"' -l man -d 'print the man page\'s source'
complete -c pi-runner -n '__pi_runner_command "help"' -l schema -d 'print the JSON Schema of the command\'s `--json`'
complete -c pi-runner -n '__pi_runner_command "help"' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command "help"' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command "help"' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command "help"' -a 'help completion version exit-codes'
complete -c pi-runner -n '__pi_runner_command ""' -l help -s h -d 'show help on the command and stop'
complete -c pi-runner -n '__pi_runner_command ""' -l json -F -d 'print one JSON object, or write it to FILE'
complete -c pi-runner -n '__pi_runner_command ""' -l color -x -a 'auto always never' -d 'auto (the default), always or never'
complete -c pi-runner -n '__pi_runner_command ""' -l version -s V -d 'print versions and stop'
complete -c pi-runner -n '__pi_runner_command ""' -a 'completion help version'
