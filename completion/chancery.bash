# bash completion for chancery; install as share/bash-completion/completions/chancery
_chancery() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local commands="code explain page text parse dates actors places claims relate frames add recode query timeline dyad corroboration correct sample precision forget incident diff counts export import rehydrate serve"
    if [ "$COMP_CWORD" = 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$cur")
        return
    fi
    case $prev in
    --format)
        local formats=jsonl
        case $command in
        code) formats="jsonl csv dyads table timeline" ;;
        page | text) formats="jsonl text" ;;
        parse) formats=conllu ;;
        explain) formats=text ;;
        query | diff | timeline | dyad | corroboration) formats="table jsonl csv" ;;
        precision) formats="table csv jsonl" ;;
        sample) formats=csv ;;
        counts) formats="csv jsonl" ;;
        export) formats="csv jsonl plover gdelt icews polecat phoenix" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$cur") ;;
    --input) mapfile -t COMPREPLY < <(compgen -W "auto text html jsonl conllu" -- "$cur") ;;
    --plot) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$cur") ;;
    --judge) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$cur") ;;
    --published | --threads | --sentence | --match | --event) COMPREPLY=() ;;
    *)
        if [[ $cur == -* ]]; then
            local options="--format --input --published --threads --data --frames --actors --only-own --quiet --help"
            [ "$command" = code ] && options="$options --unknown --judge"
            [ "$command" = explain ] && options="$options --sentence --match --event --judge"
            [ "$command" = query ] && options="--format --incidents --corrected --as-of --limit --help"
            [ "$command" = timeline ] && options="--format --by --as-of --limit --help"
            [ "$command" = dyad ] && options="--format --by --plot --as-of --limit --quiet --help"
            [ "$command" = corroboration ] && options="--format --reverse --as-of --limit --help"
            [ "$command" = claims ] && options="$options --contested"
            [ "$command" = correct ] && options="--by --note --from --help"
            [ "$command" = sample ] && options="--n --by --seed --help"
            [ "$command" = forget ] && options="--page --quiet --help"
            [ "$command" = incident ] && options="--split --help"
            [ "$command" = diff ] && options="--format --help"
            [ "$command" = precision ] && options="--by --format --help"
            [ "$command" = counts ] && options="--format --by --denominators --as-of --help"
            [ "$command" = import ] && options="--quiet --help"
            [ "$command" = rehydrate ] && options="--input --published --data --quiet --help"
            [ "$command" = export ] && options="--format --out --no-text --corrected --data --as-of --quiet --help"
            [ "$command" = serve ] && options="--port --host --token --open --read-only --threads --data --quiet --help"
            [ "$command" = actors ] && options="$options --check --codes"
            [ "$command" = frames ] && options="$options --check --import"
            [[ $command = text || $command = parse ]] && options="$options --whole"
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        fi ;;
    esac
}
complete -o filenames -F _chancery chancery
