import { expect, test } from "vitest";
import { failureHint, looksLikeFailure } from "./failure-lines.ts";

/** What programs have printed, with `>` before the line that is to be found first; none where nothing failed. */
const OUTPUTS: Readonly<Record<string, string>> = {
  "a release that fails, in colours": `
PLAY [demo1] *******************************************************************

TASK [Step:3/4:Docker app stop.] ***********************************************
\u001B[33mchanged: [lab2] => {"changed": true, "stopped": ["demo1-20261101.090000"], "exit_codes": {"demo1-20261101.090000": 143}}\u001B[39m

TASK [Step:4/4:Docker app run.] ************************************************
>\u001B[31mfatal: [lab2]: FAILED! => {"changed": false, "msg": "demo1-20261123.101010 cannot start on lab2: port 8080 is taken. in use"}\u001B[39m
`,
  "a release that fails, in Chinese": `
TASK [将镜像标签解析为唯一摘要。] ***********************************************************
ok: [lab1] => {"image": "registry/demo1:v1", "digest": "sha256:72656769737472792f64656d6f313a76"}
>fatal: [lab2]: FAILED! => {"changed": false, "msg": "demo1-20261123.101010 无法在 lab2 上启动: 端口 8080 已被占用。"}
`,
  "a recap with a failed host": `
PLAY RECAP *********************************************************************
lab1                       : ok=4    changed=3    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0
>lab2                       : ok=3    changed=2    unreachable=0    failed=1    skipped=0    rescued=1    ignored=0
`,
  "a recap with an unreachable host": `
>lab3                       : ok=0    changed=0    unreachable=1    failed=0    skipped=0    rescued=0    ignored=0
`,
  "a release that succeeds": `
TASK [Step:4/4:Docker app run.] ************************************************
\u001B[33mchanged: [lab1] => {"changed": true, "version": "demo1-20261123.101010", "failed": false, "rc": 0}\u001B[39m

PLAY RECAP *********************************************************************
\u001B[33mlab1                       : ok=4    changed=3    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   \u001B[39m

HOST  BEFORE                 NOW                    VERDICT  TIME
lab1  demo1-20261101.090000  demo1-20261123.101010  done     1.0s
`,
  "an Ansible ad-hoc command": `
lab1 | CHANGED | rc=0 >>
>lab2 | FAILED | rc=1 >>
`,
  "a Java program": `
starting, 0 errors so far
>Exception in thread "main" java.lang.IllegalStateException: port 8080 is taken
	at A.f(A.java:1)
Caused by: java.io.IOException: bind
`,
  "a Spring service": `
2026-11-23T10:10:10.123+08:00  INFO 1 --- [demo] [main] o.s.b.w.e.tomcat.TomcatWebServer : Tomcat initialized with port 8080 (http)
2026-11-23T10:10:10.200+08:00  WARN 1 --- [demo] [main] o.h.v.i.util.Version : no error page configured, errors=0
>2026-11-23T10:10:11.456+08:00 ERROR 1 --- [demo] [main] o.s.b.d.LoggingFailureAnalysisReporter :
`,
  Maven: `
[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.04 s
>[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.05 s <<< FAILURE! -- in AppTest
[INFO] BUILD FAILURE
`,
  "a Python script": `
starting
>Traceback (most recent call last):
  File "fix.py", line 3, in <module>
    subprocess.run(["false"], check=True)
subprocess.CalledProcessError: Command '['false']' returned non-zero exit status 1.
`,
  pytest: `
tests/test_a.py ..                                                       [100%]
>FAILED tests/test_b.py::test_sum - assert 1 == 2
========================= 1 failed, 2 passed in 0.05s ==========================
`,
  "a Go program": `
starting
>panic: assignment to entry in nil map

goroutine 1 [running]:
main.main()
	main.go:3 +0x65
exit status 2
`,
  "tests in Go": `
ok  	x/good	0.004s
>--- FAIL: TestX (0.00s)
    main_test.go:3: got 1, want 2
FAIL
`,
  npm: `
> demo@1.0.0 build
> exit 3

>npm error Missing script: "nope"
npm error A complete log of this run can be found in: /root/.npm/_logs/2026-11-25T10_19_27_218Z-debug-0.log
`,
  "an older npm": `
npm WARN deprecated request@2.88.2: request has been deprecated
>npm ERR! code ELIFECYCLE
`,
  Node: `
starting
[eval]:1
console.log("starting"); null.x
>TypeError: Cannot read properties of null (reading 'x')
    at [eval]:1:31
`,
  "a shell": `
+ nosuchprogram
>bash: line 1: nosuchprogram: command not found
`,
  git: `
Cloning into 'demo'...
>fatal: repository 'https://git.example/demo.git/' not found
`,
  gcc: `
gcc -Werror -o demo demo.c
>demo.c:3:5: error: expected ';' before 'return'
`,
  Docker: `
Pulling demo1 ... done
>Error response from daemon: Conflict. The container name "/demo1" is already in use
`,
  "an exit code": `
step 1 exited with code 0
exit status 0
>step 2 exited with code 137
`,
  "a Chinese script": `
同步完成, 失败: 0, 成功 12
同步完成，失败：0，成功 12
检查失败数: 0 失败
>第 3 台机器同步失败: 连接超时
`,
  "good news with bad words": `
0 failed, 12 passed
Failed: 0
errors: 0, warnings: 2
No errors found
failed_when_result: false
error_page 500 /50x.html;
--fail-fast --on-error=stop
GET /api/errors 200
if failed, it is tried again
log level ERROR=0
Compiling error v1.0.0
failover to lab2 done
healthcheck never failed
`,
};

test.each(Object.entries(OUTPUTS))("the first line that looks like a failure: %s", (_, output) => {
  const lines = output.trim().split("\n");
  // npm quotes what it runs with "> ", which is no mark.
  const marked = lines.findIndex((line) => line.startsWith(">") && !line.startsWith("> "));
  const plain = lines.map((line) => (line.startsWith("> ") ? line : line.replace(/^>/, "")));
  expect(plain[plain.findIndex(looksLikeFailure)]).toBe(plain[marked]);
});

test("whatever looks like a failure has the hint that makes a search look at it", () => {
  const lines = Object.values(OUTPUTS).flatMap((output) => output.split("\n"));
  const failures = lines.filter(looksLikeFailure);
  expect(failures.length).toBeGreaterThan(20);
  for (const line of failures) expect(Buffer.from(line).toString("latin1")).toMatch(failureHint());
});
