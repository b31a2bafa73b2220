package dev.hashify.cli;

import dev.hashify.cli.Completion.Choice;
import dev.hashify.cli.Completion.Value;
import dev.hashify.cli.Completion.Verb;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts with which shells complete the command line.
final class ShellScripts {

  private static final String HEAD = "Made by the build from the options of the program.";

  private ShellScripts() {}

  /// For bash, as `completions/hashify` of bash-completion or read by hand.
  static String bash(Completion completion) {
    var script = new StringBuilder("# bash completion for hashify. " + HEAD + "\n");
    script.append(
        """
        _hashify_value() {
          case $1 in
            directory) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
            file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
            words) mapfile -t COMPREPLY < <(compgen -W "$2" -- "$cur") ;;
          esac
        }

        _hashify() {
          local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' i
          # bash takes --option=value apart.
          if [[ $cur == = ]]; then
            cur=
          elif [[ $prev == = ]] && ((COMP_CWORD > 1)); then
            prev=${COMP_WORDS[COMP_CWORD-2]}
          fi
          for ((i = 1; i < COMP_CWORD; i++)); do
            if [[ ${COMP_WORDS[i]} != [-@]* ]]; then
              command=${COMP_WORDS[i]}
              break
            fi
          done
          COMPREPLY=()
          case "$command $prev" in
        """);
    for (Verb verb : completion.commands()) {
      for (Choice choice : verb.options()) {
        choice
            .value()
            .ifPresent(value ->
                script.append(
                    choice.names().stream()
                            .map(name -> "'" + verb.name() + " " + name + "'")
                            .collect(Collectors.joining("|", "    ", ") "))
                        + bashValue(value)
                        + "; return ;;\n"));
      }
    }
    script.append("  esac\n  case $command in\n");
    script.append("    '') _hashify_value words '");
    script.append(words(completion.commands().stream().map(Verb::name).toList()));
    script.append(" ").append(names(completion.options())).append("' ;;\n");
    for (Verb verb : completion.commands()) {
      script.append("    ").append(verb.name()).append(")\n");
      script.append("      if [[ $cur == -* ]]; then\n        _hashify_value words '");
      script.append(names(verb.options())).append("'\n");
      verb.parameter()
          .ifPresent(
              value -> script.append("      else\n        ").append(bashValue(value)).append('\n'));
      script.append("      fi ;;\n");
    }
    return script.append("  esac\n}\n\ncomplete -F _hashify hashify\n").toString();
  }

  private static String bashValue(Value value) {
    return "_hashify_value "
        + switch (value.kind()) {
          case WORDS, LIST -> "words '" + words(value.words()) + "'";
          case DIRECTORY -> "directory";
          case FILE -> "file";
          case FREE -> "nothing";
        };
  }

  private static String words(List<String> words) {
    return String.join(" ", words);
  }

  private static String names(List<Choice> choices) {
    return choices.stream()
        .flatMap(choice -> choice.names().stream())
        .collect(Collectors.joining(" "));
  }

  /// For zsh, as `_hashify` in a directory of its function path.
  static String zsh(Completion completion) {
    var script = new StringBuilder("#compdef hashify\n# " + HEAD + "\n\n_hashify() {\n");
    script.append("  local curcontext=$curcontext state line\n  typeset -A opt_args\n");
    script.append("  local -a commands=(\n");
    for (Verb verb : completion.commands()) {
      script.append("    ").append(zshQuoted(verb.name() + ":" + verb.text())).append('\n');
    }
    script.append("  )\n  _arguments -C \\\n");
    completion.options().forEach(choice -> zshOption(script, "    ", choice));
    script.append("    '1:command:->command' \\\n    '*::argument:->argument' && return\n");
    script.append("  case $state in\n    command) _describe command commands ;;\n");
    script.append("    argument)\n      curcontext=${curcontext%:*}-$words[1]:\n");
    script.append("      case $words[1] in\n");
    for (Verb verb : completion.commands()) {
      script.append("        ").append(verb.name()).append(")\n          _arguments -s \\\n");
      verb.options().forEach(choice -> zshOption(script, "            ", choice));
      script.append("            ");
      script.append(
          verb.parameter()
              .map(value -> zshQuoted("*:" + value.label() + ":" + zshAction(value)))
              .orElse("&& return"));
      script.append(" ;;\n");
    }
    script.append("      esac ;;\n  esac\n}\n\n");
    // Read as a function by the completion system, or sourced by hand.
    return script
        .append("if [[ $funcstack[1] == _hashify ]]; then\n  _hashify \"$@\"\nelse\n")
        .append("  compdef _hashify hashify\nfi\n")
        .toString();
  }

  private static void zshOption(StringBuilder script, String indent, Choice choice) {
    for (String name : choice.names()) {
      String others =
          choice.names().size() > 1 && !choice.repeatable()
              ? "(" + words(choice.names()) + ")"
              : "";
      boolean isLong = name.startsWith("--");
      String text = "[" + choice.text().replace("[", "\\[").replace("]", "\\]") + "]";
      String value =
          choice
              .value()
              .map(
                  one -> ":" + one.label().replace("[", "").replace("]", "") + ":" + zshAction(one))
              .orElse("");
      String takes = value.isEmpty() ? "" : isLong ? "=" : "+";
      script
          .append(indent)
          .append(
              zshQuoted(others + (choice.repeatable() ? "*" : "") + name + takes + text + value))
          .append(" \\\n");
    }
  }

  private static String zshAction(Value value) {
    return switch (value.kind()) {
      case WORDS -> "(" + words(value.words()) + ")";
      case LIST -> "_values -s , " + value.label() + " " + words(value.words());
      case DIRECTORY -> "_files -/";
      case FILE -> "_files";
      case FREE -> " ";
    };
  }

  private static String zshQuoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /// For fish, as `hashify.fish` in a directory of completions.
  static String fish(Completion completion) {
    var script = new StringBuilder("# fish completion for hashify. " + HEAD + "\n");
    script.append("complete -c hashify -n __fish_use_subcommand -f\n");
    for (Choice choice : completion.options()) {
      fishOption(script, "__fish_use_subcommand", choice);
    }
    for (Verb verb : completion.commands()) {
      script.append("complete -c hashify -n __fish_use_subcommand -f -a ");
      script.append(verb.name()).append(" -d ").append(fishQuoted(verb.text())).append('\n');
    }
    for (Verb verb : completion.commands()) {
      String given = "__fish_seen_subcommand_from " + verb.name();
      script.append("complete -c hashify -n '").append(given).append("'");
      script.append(verb.parameter().map(value -> fishValue(value, "")).orElse(" -f"));
      script.append('\n');
      for (Choice choice : verb.options()) {
        fishOption(script, given, choice);
      }
    }
    return script.toString();
  }

  private static void fishOption(StringBuilder script, String given, Choice choice) {
    script.append("complete -c hashify -n '").append(given).append("'");
    for (String name : choice.names()) {
      boolean isLong = name.startsWith("--");
      script.append(isLong ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    choice.value().ifPresent(value -> script.append(fishValue(value, " -r")));
    script.append(" -d ").append(fishQuoted(choice.text())).append('\n');
  }

  private static String fishValue(Value value, String required) {
    return required
        + switch (value.kind()) {
          case WORDS -> " -f -a '" + words(value.words()) + "'";
          case LIST -> " -f -a '(__fish_append , " + words(value.words()) + ")'";
          case DIRECTORY -> " -f -a '(__fish_complete_directories)'";
          case FILE -> " -F";
          case FREE -> " -f";
        };
  }

  private static String fishQuoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
