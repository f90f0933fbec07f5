import { afterAll, describe, expect, it } from "vitest";
import { MODES } from "../../src/domain/mode.ts";
import { Home } from "./gantry.ts";

const home = new Home();
afterAll(() => home.remove());

const commands: readonly (readonly string[])[] = [
  ...[...MODES, "projects", "tags", "check", "inventory", "shim"].map((name) => [name]),
  ["versions"],
  ["fleet"],
  ["plan"],
  ...[...MODES, "main_docker_deploy"].map((name) => ["plan", name]),
  ["lock"],
  ["lock", "status"],
  ["config"],
  ["config", "show"],
  ["config", "schema"],
  ["config", "lint"],
  ["main_docker_deploy"],
  ["var_json_keys"],
  ["var_images_tags_id"],
];
const chinese = /[\u4e00-\u9fff]/;
const zh = { LANG: "zh_CN.UTF-8" };

/** What stands behind the term of each option or command in a help text. */
function descriptions(help: string): string[] {
  return [...help.matchAll(/^ {2}(?:-|[a-z_]+ ).*? {2,}(\S.*)$/gm)].map(([, text = ""]) => text);
}

it("gantry --version prints the version and nothing else", async () => {
  const printed = await Promise.all(["--version", "-V"].map((option) => home.run([option])));
  for (const ran of printed) expect(ran).toMatchObject({ code: 0, stdout: "0.1.0\n", stderr: "" });
});

it("gantry without a command shows the help on standard error and exits with 1", async () => {
  expect(await home.run([])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("gantry rollback") });
});

describe.concurrent("--help", () => {
  it("of gantry names all commands, with examples", async () => {
    const { code, stdout, stderr } = await home.run(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const [name = ""] of commands) expect(stdout).toMatch(new RegExp(`^  ${name}[ \\n]`, "m"));
    expect(stdout).toContain("\nExamples:\n");
    expect(stdout).not.toMatch(chinese);
  });

  it("of gantry is all Chinese where the locale is, and --lang has the last word", async () => {
    const { code, stdout } = await home.run(["--help"], { env: zh });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^用法: gantry \[选项\] \[命令\]\n[^]*\n选项:\n[^]*\n命令:\n[^]*\n示例:\n/);
    for (const text of descriptions(stdout)) expect(text).toMatch(chinese);
    expect((await home.run(["--help", "--lang", "zh"])).stdout).toBe(stdout);
    expect((await home.run(["--lang", "zh", "--help"])).stdout).toBe(stdout);
    expect((await home.run(["--help", "--lang", "en"], { env: zh })).stdout).toMatch(/^Usage: /);
  });

  it.each(commands.map((words) => [words.join(" "), words] as const))(
    "of %s in both languages",
    async (name, words) => {
      const [english, inChinese] = await Promise.all([
        home.run([...words, "--help"]),
        home.run([...words, "--help"], { env: zh }),
      ]);
      expect(english).toMatchObject({ code: 0, stderr: "" });
      expect(english.stdout).toMatch(new RegExp(`^Usage: gantry ${name} .*\\n\\n\\S[^]*\\nOptions:\\n[^]*--help`));
      expect(english.stdout).not.toMatch(chinese);
      expect(inChinese).toMatchObject({ code: 0, stderr: "" });
      expect(inChinese.stdout).toMatch(new RegExp(`^用法: gantry ${name} .*\\n\\n.*[\\u4e00-\\u9fff][^]*\\n选项:\\n`));
      expect(inChinese.stdout).not.toMatch(/Usage|Options|Arguments|Commands|display help|default|choices/);
      const texts = descriptions(inChinese.stdout);
      expect(texts.length).toBe(descriptions(english.stdout).length);
      expect(texts.length).toBeGreaterThan(2);
      for (const text of texts) expect(text).toMatch(chinese);
    },
  );
});

describe.concurrent("a command line that is wrong ends with exit code 1", () => {
  it.each([
    [["updat"], /unknown command 'updat'[^]*update/, /未知的命令 'updat'[^]*update/],
    [["lock", "statsu"], /unknown command 'statsu'[^]*status/, /未知的命令 'statsu'[^]*status/],
    [
      ["update", "demo1", "-e", "stage", "--sreial", "2"],
      /unknown option '--sreial'[^]*--serial/,
      /未知的选项[^]*--serial/,
    ],
    [["update", "-e", "stage"], /missing required argument 'project'/, /缺少必需的参数 'project'/],
    [
      ["update", "demo1"],
      /required option '-e, --environment <env>' not specified/,
      /缺少必需的选项 '-e, --environment/,
    ],
    [["update", "demo1", "-e"], /'-e, --environment <env>' argument missing/, /'-e, --environment <env>' 缺少取值/],
    [["update", "demo1", "demo2", "-e", "stage"], /too many arguments[^]*1[^]*2/, /参数过多[^]*1[^]*2/],
    [
      ["update", "demo1", "-e", "stage", "--output", "x"],
      /'x' is invalid\. Allowed choices are board, ansible, ndjson/,
      /不允许取值 'x'.*board, ansible, ndjson/,
    ],
  ])("%j", async (args, english, inChinese) => {
    const [en, translated] = await Promise.all([home.run(args), home.run(args, { env: zh })]);
    expect(en).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(english) });
    expect(translated).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(inChinese) });
    expect(translated.stderr).not.toMatch(/error|unknown|missing|required|too many|Did you mean/);
  });
});
