import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseTask } from "./task-line.ts";

/** What `sh -c` gets, placeholders as `<name>`, line by line. */
function scripts(text: string): readonly string[] {
  const parsed = parseTask(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value.map(({ words }) =>
    words.map((word) => word.map((part) => (part.kind === "text" ? part.text : `<${part.name}>`)).join("")).join(" "),
  );
}

function problems(text: string): unknown {
  const parsed = parseTask(text);
  return parsed.ok ? [] : parsed.failure;
}

describe("a shell line", () => {
  it.each([
    ["shell: cd /opt && ls {a} | wc -l > {b}", "cd /opt && ls <a> | wc -l > <b>"],
    ["shell:echo x{a}y --k={b}", "echo x<a>y --k=<b>"],
    ["shell: echo $(cat {a}) ( : {b} )", "echo $(cat <a>) ( : <b> )"],
    ["shell: echo '{{a}}' \"{{b}}\" {{c}}", "echo '{a}' \"{b}\" {c}"],
    ["shell: echo \\{a} ${HOME} \"${HOME}\" '${HOME}'", "echo \\{a} ${HOME} \"${HOME}\" '${HOME}'"],
    ["shell: echo \"it's $(date +%s)\" {a} # {b} isn't", "echo \"it's $(date +%s)\" <a> # {b} isn't"],
    ["shell: echo a#{b} $# {c}", "echo a#<b> $# <c>"],
    ["shell: docker ps --format '{{.Names}}' {a}", "docker ps --format '{{.Names}}' <a>"],
    ["shell: f() { echo {a}; }; f", "f() { echo <a>; }; f"],
    ["shell: A={a} cmd; export B={b}", "A=<a> cmd; export B=<b>"],
    ["shell: echo $$ {a}", "echo $$ <a>"],
    ["shell: echo $((1 << 2)) {a}", "echo $((1 << 2)) <a>"],
    ["shell: case {a} in x) echo {b};; esac", "case <a> in x) echo <b>;; esac"],
  ])("%s", (text, script) => {
    expect(scripts(text)).toEqual([script]);
  });

  it("goes on over line breaks where a shell would", () => {
    const text = "shell: echo 'a\nb' \\\n c$(\ndate\n) && # it's\n\n d\nnext";
    expect(scripts(text)).toEqual(["echo 'a\nb'  c$(\ndate\n) && # it's\n\n d", "next"]);
  });

  it("has the bodies of its here-documents", () => {
    const text = "shell: cat <<'A B' <<-C | tr a b; echo {x}\n'\nA B\n\t${y} it's\n\tC\nnext";
    expect(scripts(text)).toEqual(["cat <<'A B' <<-C | tr a b; echo <x>\n'\nA B\n\t${y} it's\n\tC", "next"]);
  });

  it("ends a here-document where the shell does", () => {
    const text = "shell: cat <<E\na\\\nE\n\\\\\nE\nnext";
    const [script = ""] = scripts(text);
    expect(scripts(text)).toHaveLength(2);
    expect(execFileSync("sh", ["-c", script]).toString()).toBe("aE\n\\\n");
  });

  it("is what the shell gets: it prints the same as the text would", () => {
    const [script = ""] = scripts(
      "shell: printf '%s|' a\\\nb \"c\\\nd\" 'e\\\nf' $(printf '%s' \")\") `printf \\`echo g\\``",
    );
    expect(execFileSync("sh", ["-c", script]).toString()).toBe("ab|cd|e\\\nf|)|g|");
  });
});

describe("a placeholder in quotes is refused, since its value brings its own", () => {
  it.each([
    ["shell: echo '{x}'", "single-quotes"],
    ['shell: echo "a {x}"', "double-quotes"],
    ['shell: echo "$(echo {x})"', "double-quotes"],
    ['shell: echo "$(echo "a" \'{x}\')"', "single-quotes"],
    ["shell: echo `echo {x}`", "backticks"],
    ["shell: cat <<E\n{x}\nE", "here-document"],
    ["shell: cat <<'E'\n{x}\nE", "here-document"],
    ["shell: cat <<{x}\n{x}", "here-document-delimiter"],
    ['shell: echo "\\"{x}"', "double-quotes"],
  ])("%j", (text, within) => {
    expect(problems(text)).toContainEqual(
      expect.objectContaining({ reason: "quoted-placeholder", name: "x", within }) as unknown,
    );
  });
});

describe("a placeholder that the shell would calculate or run is refused", () => {
  it.each([
    ["shell: echo $(({x} + 1))", "$(("],
    ["shell: (({x} > 1))", "(("],
    ["shell: echo ${a:-{x}}", "${"],
    ["shell: a[{x}]=1", "a["],
    ["shell: a[$(date){x}]=1", "a["],
    ["shell: [[ {x} -eq 1 ]]", "[["],
    ["shell: eval {x}", "eval"],
    ["shell: if true; then eval echo {x}; fi", "eval"],
    ["shell: unset {x}", "unset"],
    ["shell: declare -i a={x}", "declare"],
    ["shell: printf -v {x} a", "printf -v"],
    ["shell: bash -c {x}", "bash -c"],
    ["shell: echo a >&{x}", ">&"],
  ])("%s", (text, by) => {
    expect(problems(text)).toMatchObject([{ reason: "evaluated-placeholder", name: "x", by }]);
  });

  it("though not beside it", () => {
    expect(problems("shell: [ {x} -eq 1 ] && [[ a == b ]] && echo ${a}{x} $((1)){x} >&2 {x} >{x}")).toEqual([]);
  });
});

describe("beside what shells read differently no placeholder may stand", () => {
  it.each([
    ["echo $'a' {x}", "$'"],
    ["echo $[1] {x}", "$["],
    ["echo \"${a:-'}'}\" {x}", "' in \"${"],
    ['echo "$(case a in a) echo "b";; esac)" {x}', "case in $("],
    ["cat <<$E {x}\n$E", "<< with expansion"],
    ["echo $((1 + '1')) {x}", "' in $(("],
    ["echo $(echo a # it's\n) {x}", "# in $("],
    ["echo $(cat <<E\nE\n) {x}", "<< in ("],
  ])("%j", (script, construct) => {
    expect(problems(`shell: ${script}`)).toContainEqual(
      expect.objectContaining({ reason: "ambiguous-shell", construct }) as unknown,
    );
    expect(problems(`shell: ${script.replaceAll("{x}", "x")}`)).toEqual([]);
  });
});

describe("what is not closed is named with its place", () => {
  it.each([
    ["shell: echo 'a", { column: 13, reason: "unterminated", opener: "'" }],
    ['shell: echo "a $(b', { column: 13, reason: "unterminated", opener: '"' }],
    ["shell: echo `a", { column: 13, reason: "unterminated", opener: "`" }],
    ["shell: (a", { column: 8, reason: "unterminated", opener: "(" }],
    ["shell: a &&", { column: 10, reason: "unterminated", opener: "&&" }],
    ["shell: a | # b\n\n", { column: 10, reason: "unterminated", opener: "|" }],
    ["shell: cat <<E\na\nE ", { column: 12, reason: "unterminated-here-document", delimiter: "E" }],
    ["shell: cat <<E", { column: 12, reason: "unterminated-here-document", delimiter: "E" }],
    ["shell: a \\", { column: 10, reason: "trailing-backslash" }],
    ["shell:", { column: 1, reason: "empty-command" }],
    ["shell: a\0b", { column: 9, reason: "nul" }],
  ])("%j", (text, problem) => {
    expect(problems(text)).toEqual([{ line: 1, ...problem }]);
  });

  it("and the next line is read on its own", () => {
    expect(problems("shell: echo 'a\nb | c\nshell: echo \"d")).toMatchObject([
      { line: 1, reason: "unterminated" },
      { line: 2, reason: "words" },
      { line: 3, reason: "unterminated" },
    ]);
  });
});
