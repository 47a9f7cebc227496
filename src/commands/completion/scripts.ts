/** The shells that completion is there for, each with its script. */
export const completionScripts = {
  // Without bash-completion's own library, which is not everywhere.
  bash: `# bash completion for appdeploy; load it with: source <(appdeploy completion bash)
_appdeploy() {
  local IFS=$'\\n' last="\${COMP_WORDS[COMP_CWORD]}"
  local found=($(appdeploy complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
  COMPREPLY=($(compgen -W "\${found[*]}" -- "$last"))
}
complete -o default -F _appdeploy appdeploy
`,
  zsh: `#compdef appdeploy
# zsh completion for appdeploy; load it with: source <(appdeploy completion zsh)
_appdeploy() {
  local -a found
  local line
  for line in "\${(@f)$(appdeploy complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n "$line" ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe appdeploy found; else _files; fi
}
if [[ "\${funcstack[1]}" == _appdeploy ]]; then _appdeploy; else compdef _appdeploy appdeploy; fi
`,
  fish: `# fish completion for appdeploy; load it with: appdeploy completion fish | source
function __appdeploy_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    appdeploy complete -- $words[2..] (commandline --current-token --cut-at-cursor) 2>/dev/null
end
complete --command appdeploy --no-files --arguments '(__appdeploy_complete)'
complete --command appdeploy --condition 'test (count (__appdeploy_complete)) -eq 0' --force-files
`,
} as const;

/** A shell with completion. */
export type Shell = keyof typeof completionScripts;
