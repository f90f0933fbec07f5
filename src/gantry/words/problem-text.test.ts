import { describe, expect, test } from "vitest";
import { ConfigDocument } from "../../adapters/config/document.ts";
import { isEnvironmentName } from "../../adapters/config/home.ts";
import { parseConfigFile } from "../../adapters/config/parse.ts";
import { isWarning, type ConfigProblem } from "../../adapters/config/problems.ts";
import { checkEnvironmentFile } from "../../adapters/config/rules.ts";
import { parseDuration } from "../../domain/duration.ts";
import { problems as english } from "./en/problems.ts";
import { problems as chinese } from "./zh/problems.ts";
import { factsOf } from "./problem-facts.fixture.ts";
import { samples } from "./problem-samples.fixture.ts";
import { problemText } from "./problem-text.ts";

const all: readonly (readonly [string, ConfigProblem])[] = Object.entries(samples).flatMap(([code, problems]) =>
  problems.map((problem, index) => [`${code} ${index + 1}`, problem] as const),
);

describe.each([
  ["English", english],
  ["Chinese", chinese],
] as const)("in %s", (language, words) => {
  test.each(all)("%s says everything that was seen, in one line", (_, problem) => {
    const text = problemText(problem, words);
    // The names of JSON's types are translated.
    const facts = problem.code === "wrong-type" ? { ...problem, allowed: [] } : problem;
    for (const fact of factsOf(facts)) expect(text).toContain(fact);
    expect(text).not.toMatch(/undefined|\n| {2}|\[object/);
    expect(text).toMatch(/[.?。]$/);
  });

  test.each(all)("%s is in that language", (_, problem) => {
    const own = /[\u4e00-\u9fff]/;
    if (language === "Chinese") expect(problemText(problem, words)).toMatch(own);
    else expect(problemText(problem, words)).not.toMatch(own);
  });

  test.each(all)("%s is marked when it is only a warning", (_, problem) => {
    expect(problemText(problem, words).includes(words.warning)).toBe(isWarning(problem));
  });
});

/** The problems of a configuration file, one a line. */
function lint(text: string, words = english): readonly string[] {
  const { root, problems, source } = parseConfigFile("prod_conf.json", text);
  const found = root === undefined ? [] : checkEnvironmentFile(new ConfigDocument(source, root));
  return (problems.length > 0 ? problems : found).map((problem) => problemText(problem, words));
}

describe("a file with problems", () => {
  const file = `{
  "demo1": {
    "DockerImageURL": "registry.example.com/Team/",
    "Hosts": "web",
    "DockerRunArg": "-d --memry 1g -e A=$HOME",
    "Serial": "150%",
    "EnvFile": 5,
    "Drain": { "wait": "5 min" }
  }
}`;

  test("reads like a compiler's messages in English", () => {
    expect(lint(file)).toEqual([
      `prod_conf.json:3:23: demo1.DockerImageURL: DockerImageURL and the project's name make no valid image ("registry.example.com/Team/demo1"): "Team" has upper-case letters. Write "team".`,
      `prod_conf.json:4:5: demo1.Hosts: unknown key "Hosts". Did you mean hosts? Keys are case-sensitive.`,
      `prod_conf.json:5:41: demo1.DockerRunArg: "$HOME" would be replaced by a shell, but no shell reads this text. Write the value itself, or put it in single quotes.`,
      `prod_conf.json:6:15: demo1.Serial: "150%" is out of range. Allowed: "1%" to "100%".`,
      `prod_conf.json:7:16: demo1.EnvFile: must be a string, not a number (5). Put it in double quotes.`,
      `prod_conf.json:8:24: demo1.Drain.wait: "5 min" is not a duration. Allowed: 90, 3s, 1m, 1m30s, 500ms, 1h, 1d, auto (a bare number counts seconds).`,
    ]);
  });

  test("reads like a compiler's messages in Chinese", () => {
    expect(lint(file, chinese)).toEqual([
      `prod_conf.json:3:23: demo1.DockerImageURL: 与项目名拼成的镜像名 "registry.example.com/Team/demo1" 无效: "Team" 含有大写字母。请写成 "team"。`,
      `prod_conf.json:4:5: demo1.Hosts: 未知的配置项 "Hosts"。是否想写 hosts? 配置项区分大小写。`,
      `prod_conf.json:5:41: demo1.DockerRunArg: "$HOME" 在 shell 中会被替换, 而这里不经过 shell。请直接写值, 或放在单引号中。`,
      `prod_conf.json:6:15: demo1.Serial: "150%" 超出范围。允许: "1%" 到 "100%"。`,
      `prod_conf.json:7:16: demo1.EnvFile: 值是数字 (5), 应为字符串。请加上双引号。`,
      `prod_conf.json:8:24: demo1.Drain.wait: "5 min" 不是有效的时长。允许的写法: 90、3s、1m、1m30s、500ms、1h、1d、auto (不带单位的数字以秒计)。`,
    ]);
  });

  test("shows no path where the file itself is broken, and marks warnings behind the place", () => {
    expect(lint(`{ "demo1": {} "demo2": {} }`)).toEqual([
      `prod_conf.json:1:14: a comma is missing here, before '"demo2"'.`,
    ]);
    expect(lint(`{ "demo1": { "DockerImageURL": "r.io/", "DockerRunArg": "--memry 1g" } }`)).toEqual([
      `prod_conf.json:1:58: warning: demo1.DockerRunArg: docker run has no flag --memry that Gantry knows; it is passed on as it is. Did you mean --memory?`,
    ]);
  });

  test("cannot send commands to the terminal", () => {
    const [text = ""] = lint(`{ "demo1": { "DockerImageURL": "r.io/", "Strategy": "\\u001b[2J\\u202e" } }`);
    expect(text).toContain('"<U+001B>[2J<U+202E>" is not allowed.');
  });
});

describe("an environment or project that is not there", () => {
  const folders = ["/opt/sk/pl_deploy_docker/conf", "/opt/sk/conf"];
  const environment: ConfigProblem = {
    code: "environment-unknown",
    name: "prd",
    folders,
    known: ["prod", "stage"],
    nearest: ["prod"],
  };
  const known = Array.from({ length: 40 }, (_, index) => `app${index + 1}`);
  const project: ConfigProblem = { code: "project-unknown", name: "web", file: "/opt/p.json", known, nearest: [] };

  test("names those there are, and the folders looked in", () => {
    expect(problemText(environment, english)).toBe(
      'There is no environment "prd". Did you mean prod? There are: prod, stage (looked in /opt/sk/pl_deploy_docker/conf and /opt/sk/conf).',
    );
    expect(problemText(environment, chinese)).toBe(
      '没有环境 "prd"。是否想用 prod? 现有的环境: prod、stage (查找的目录: /opt/sk/pl_deploy_docker/conf、/opt/sk/conf)。',
    );
  });

  test("names a dozen of many", () => {
    expect(problemText(project, english)).toMatch(/There are: app1, .*, app12 and 28 more\.$/);
    expect(problemText(project, chinese)).toMatch(/现有的项目: app1、.*、app12 等 40 个。$/);
  });

  test("says that public is reserved", () => {
    expect(problemText({ code: "project-reserved", name: "public" }, english)).toBe(
      '"public" is reserved for what all projects share, and is never a project. Name a project; `gantry projects` lists them.',
    );
    expect(problemText({ code: "project-reserved", name: "public" }, chinese)).toBe(
      '"public" 是保留名, 用于所有项目的公共配置, 不是项目。请指定一个项目, `gantry projects` 可列出所有项目。',
    );
  });
});

test("the limits named are the ones that hold", () => {
  expect(lint(`{ "${"a".repeat(100)}": { "DockerImageURL": "r.io/" } }`)).toEqual([]);
  expect(lint(`{ "${"a".repeat(101)}": { "DockerImageURL": "r.io/" } }`)[0]).toContain("Allowed: 100 characters");
  expect(isEnvironmentName("a".repeat(64))).toBe(true);
  expect(isEnvironmentName("a".repeat(65))).toBe(false);
  expect(parseDuration("20d").ok).toBe(true);
  expect(parseDuration("20d1s").ok).toBe(false);
});
