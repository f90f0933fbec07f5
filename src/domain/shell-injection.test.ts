import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseTask } from "./task-line.ts";
import { resolveTask } from "./task-values.ts";

/** Places for a value in which a wrong guess of what is quoted would run it, or in which a shell itself does. */
const scripts = [
  "echo {x}",
  "echo a{x}'b'\"c\"{x}",
  "echo {x}>&2 2>{x} <<<{x}",
  "echo >&{x}",
  "echo &>{x}",
  "{x}=1 {x}",
  "b={x} c[1]={x} a[{x}]=1",
  "[ {x} -eq 1 ]; [[ {x} -eq 1 ]]; (( {x} )); echo $(( {x} )) $[ {x} ]",
  "echo ${a:-{x}} ${a[{x}]} $${x}",
  'echo "$(echo {x})" `echo {x}` \'{x}\' "{x}"',
  "echo $'\\'{x}' \"$'{x}\"",
  "case {x} in {x}) echo {x};; esac",
  'echo "$(case a in a) echo "{x}";; esac)"',
  "cat <<E {x}\n{x}\nE",
  "cat <<E\na\\\nE\n{x}\nE",
  "echo # {x}\necho {x}",
  "(echo a # it's\n) ; echo {x} 'b'",
  "echo $(echo a # it's\n) {x}",
  'echo "${a:-\'}"{x}"\'}"',
  "echo $\\\n(({x}))",
  "f() { local v={x}; declare -i i={x}; printf -v {x} a; test -v {x}; unset {x}; read {x}; }; f",
  "eval {x}; trap {x} EXIT; let {x}; export {x}",
  "bash -c {x}",
];
const run = ">pwned";
const values = [`$(${run})`, `\`${run}\``, `;${run};`, `\n${run}\n`, `'$(${run})'`, `" ${run} "`, `a[$(${run})]`];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shell-injection-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(scripts)("no shell runs a value in %j: it is quoted, or the line is refused", (script) => {
  const parsed = parseTask(`shell: ${script}`);
  if (!parsed.ok) {
    const reasons = parsed.failure.map(({ reason }) => reason);
    expect(reasons).toContainEqual(
      expect.stringMatching(/^(?:quoted|evaluated)-placeholder$|^ambiguous-shell$|^words$/),
    );
    return;
  }
  for (const value of values) {
    const resolved = resolveTask(parsed.value, new Map([["x", [value]]]));
    const [line] = resolved.ok ? resolved.value : [];
    expect(line).toBeDefined();
    for (const shell of ["/bin/sh", "/bin/bash"]) {
      spawnSync(shell, ["-c", line?.argv[0] ?? ""], { cwd: folder, env: { PATH: "/bin" }, timeout: 5000 });
      expect({ shell, value, ran: existsSync(join(folder, "pwned")) }).toEqual({ shell, value, ran: false });
    }
  }
});

it("is a test that can fail: without quotes the values run", () => {
  spawnSync("/bin/sh", ["-c", `echo ${values[0]}`], { cwd: folder });
  expect(existsSync(join(folder, "pwned"))).toBe(true);
});
