import { describe, expect, it } from "vitest";
import { checkFile, checkProject } from "../../../../test/fixtures/config/check-file.ts";

describe("DockerRunArg and DockerRunCmd", () => {
  it("have the place inside the string, as the file writes it", () => {
    const text =
      '{"demo1": {"DockerImageURL": "r/ns/",\n "DockerRunArg": "-e \\"A=1\\" \\u002dm 中 --name x; y",\n "DockerRunCmd": "a\\tb `c`"}}';
    expect(checkFile(text)).toMatchObject([
      { line: 2, column: 48, code: "shell-words", problem: { reason: "operator", operator: ";" } },
      { line: 3, column: 24, code: "shell-words", problem: { reason: "command-substitution" } },
    ]);
  });

  it.each([
    ["-e DB_PASSWORD=pa$word", "DockerRunArg", "$…"],
    ["-e HOME=$HOME", "DockerRunArg", "$HOME"],
    ["app --token=a${b}", "DockerRunCmd", "$…"],
  ])("do not show what may be the end of a secret: %s", (text, key, shown) => {
    expect(checkProject(`"${key}": "${text}"`)).toMatchObject([{ problem: { reason: "expansion", text: shown } }]);
  });

  it("report all flags at once", () => {
    expect(checkProject('"DockerRunArg": "--rm --name x nginx"')).toMatchObject([
      { code: "docker-run", problem: { reason: "reserved-flag", flag: "--rm" } },
      { code: "docker-run", problem: { reason: "reserved-flag", flag: "--name" } },
      { code: "docker-run", problem: { reason: "stray-word", word: "nginx" } },
    ]);
  });

  it("warn of flags that no known CLI has, with the nearest one, and of --restart=always", () => {
    const problems = checkFile('{"a": {"DockerImageURL": "r/ns/", "DockerRunArg": "--memry=1g --restart always"}}');
    expect(problems).toMatchObject([
      { column: 52, code: "docker-run-unknown-flag", flag: "--memry", nearest: "--memory" },
      { column: 63, code: "docker-run-restart-always" },
    ]);
  });
});
