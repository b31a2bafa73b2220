package dev.hashify.benchmarks.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The programs that are compared, each with the options that bring it nearest to the others: all
/// regular files of a byte or more, hidden ones too, whatever their name and time; symbolic links
/// left alone; every group listed.
///
/// Each has up to three commands: one that looks, one that makes hard links, one that shares blocks
/// and leaves every file its inode. In them `{program}` is the program, `{roots}` what it is given,
/// `{list}` the file it writes its groups to (those without write them to standard output),
/// `{store}` Hashify's store.
enum Tool {
  HASHIFY(
      "hashify",
      "hashify",
      "",
      "{program} unify -n --share hardlink --guard none --no-default-rules --ignore"
          + " name,mtime,xattr --min-size 1 --include-privileged --format ndjson --progress never"
          + " --store {store} {roots}",
      "{program} unify --share hardlink --guard none --no-default-rules"
          + " --ignore name,mtime,xattr --min-size 1 --include-privileged --format ndjson"
          + " --progress never --store {store} {roots}",
      "{program} unify --share reflink --no-default-rules --ignore name,mtime,xattr --min-size 1"
          + " --include-privileged --format ndjson --progress never --store {store} {roots}",
      OutputFormat.HASHIFY,
      "content, owner, group, mode, flags; compares bytes"),
  HASHIFY_DEFAULT(
      "hashify-default",
      "hashify",
      "",
      "{program} unify -n --share hardlink --guard none --format ndjson --progress never"
          + " --store {store} {roots}",
      "{program} unify --share hardlink --guard none --format ndjson --progress never"
          + " --store {store} {roots}",
      "{program} unify --share reflink --format ndjson --progress never --store {store} {roots}",
      OutputFormat.HASHIFY,
      "as installed: rules, 16 bytes or more, no set-id files; name, mtime in ns and xattrs too"),
  JDUPES(
      "jdupes",
      "jdupes",
      "apt-get install jdupes",
      "{program} -rq {roots}",
      "{program} -rqL {roots}",
      "{program} -rqB {roots}",
      OutputFormat.FDUPES,
      "content; compares bytes"),
  JDUPES_QUICK(
      "jdupes-quick",
      "jdupes",
      "apt-get install jdupes",
      "{program} -rqQ {roots}",
      "{program} -rqLQ {roots}",
      "",
      OutputFormat.FDUPES,
      "content by a 64-bit hash; compares no bytes"),
  RDFIND(
      "rdfind",
      "rdfind",
      "apt-get install rdfind",
      "{program} -dryrun true -minsize 1 -outputname {list} {roots}",
      "{program} -makehardlinks true -minsize 1 -outputname {list} {roots}",
      "",
      OutputFormat.RDFIND,
      "content by SHA-1; compares no bytes"),
  RMLINT(
      "rmlint",
      "rmlint",
      "apt-get install rmlint",
      "{program} -T df -F --hidden --size 1 -o json:{list} {roots}",
      "{program} -T df -F --hidden --size 1 -o sh:{list} -c sh:hardlink {roots}"
          + " && sh {list} -d -x -q",
      "{program} -T df -F --hidden --size 1 -o sh:{list} -c sh:clone {roots} && sh {list} -d -x -q",
      OutputFormat.RMLINT,
      "content by BLAKE2b; compares no bytes"),
  HARDLINK(
      "hardlink",
      "hardlink",
      "apt-get install util-linux (in some releases: util-linux-extra)",
      "{program} -n -v -t {roots}",
      "{program} -t {roots}",
      "{program} -t --reflink=always {roots}",
      OutputFormat.HARDLINK,
      "content, owner, mode; SHA-256 by the kernel, or bytes where the kernel offers none"),
  FCLONES(
      "fclones",
      "fclones",
      "cargo install --locked fclones",
      "{program} group --min 1 --hidden --no-ignore -f fdupes -o {list} {roots}",
      "{program} group --min 1 --hidden --no-ignore -o {list} {roots} && {program} link <{list}",
      "{program} group --min 1 --hidden --no-ignore -o {list} {roots}"
          + " && {program} dedupe <{list}",
      OutputFormat.FCLONES,
      "content by a 128-bit hash; compares no bytes"),
  YADF(
      "yadf",
      "yadf",
      "cargo install --locked yadf",
      "{program} -n -f fdupes {roots}",
      "",
      "",
      OutputFormat.FDUPES,
      "content by a 64-bit hash; compares no bytes; reports only"),
  DUPEREMOVE(
      "duperemove",
      "duperemove",
      "apt-get install duperemove",
      "",
      "",
      "{program} -rdq -b 4096 --hashfile={list} {roots}",
      OutputFormat.FDUPES,
      "blocks of 4 KiB, wherever in a file they are; only the kernel compares bytes");

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+[\\w.-]*");

  final String label;
  final String install;
  final String policy;
  final OutputFormat format;
  private final String program;
  private final String dry;
  private final String real;
  private final String reflink;

  Tool(
      String label,
      String program,
      String install,
      String dry,
      String real,
      String reflink,
      OutputFormat format,
      String policy) {
    this.label = label;
    this.program = program;
    this.install = install;
    this.dry = dry;
    this.real = real;
    this.reflink = reflink;
    this.format = format;
    this.policy = policy;
  }

  static Tool named(String label) throws UsageProblem {
    for (Tool tool : values()) {
      if (tool.label.equals(label)) {
        return tool;
      }
    }
    throw new UsageProblem("--tools " + label + ": " + labels());
  }

  private static String labels() {
    return String.join(", ", List.of(values()).stream().map(tool -> tool.label).toList());
  }

  boolean isOurs() {
    return program.equals("hashify");
  }

  boolean canLook() {
    return !dry.isEmpty();
  }

  boolean canLink() {
    return !real.isEmpty();
  }

  boolean canReflink() {
    return !reflink.isEmpty();
  }

  /// Where the program is: Hashify in its source tree, the others on the path or where cargo puts
  /// what it builds.
  Optional<Path> find(Path hashifyHome) {
    if (isOurs()) {
      return Optional.of(hashifyHome.resolve("hashify"));
    }
    var places = new ArrayList<String>(List.of(System.getenv("PATH").split(":", -1)));
    places.add(System.getProperty("user.home") + "/.cargo/bin");
    return places.stream()
        .map(place -> Path.of(place, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// What it says its version is.
  String version(Path binary) {
    String flag = this == JDUPES || this == JDUPES_QUICK ? "-v" : "--version";
    Matcher version = VERSION.matcher(Shell.ask(binary.toString(), flag));
    return version.find() ? version.group() : "unknown";
  }

  /// Where one run finds and leaves things.
  ///
  /// @param binary the program
  /// @param roots what it is given
  /// @param list the file for its groups, if it does not print them
  /// @param store Hashify's store
  record Arguments(Path binary, List<Path> roots, Path list, Path store) {}

  String dryCommand(Arguments arguments) {
    return fill(dry, arguments);
  }

  String realCommand(Arguments arguments) {
    return fill(real, arguments);
  }

  String reflinkCommand(Arguments arguments) {
    return fill(reflink, arguments);
  }

  /// The commands as they are printed with a result; empty for what it cannot do.
  String dryTemplate() {
    return dry.replace("{program}", program);
  }

  String realTemplate() {
    return real.replace("{program}", program);
  }

  String reflinkTemplate() {
    return reflink.replace("{program}", program);
  }

  private static String fill(String template, Arguments arguments) {
    String text =
        template
            .replace("{program}", Shell.quote(arguments.binary.toString()))
            .replace("{list}", Shell.quote(arguments.list.toString()))
            .replace("{store}", Shell.quote(arguments.store.toString()))
            .replace("{roots}", Shell.quoteAll(arguments.roots));
    // Without it the shell would stand beside the program for as long as it runs.
    return text.contains(" && ") ? text : "exec " + text;
  }

  /// The file its groups are in after a dry run that printed to `output`.
  Path listAfter(Path output, Path list) {
    return dry.contains("{list}") ? list : output;
  }
}
