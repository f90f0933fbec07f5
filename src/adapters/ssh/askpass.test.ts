import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { askpassEnvironment, writeAskpass } from "./askpass.ts";

const password = "s3cr'et $x \\n é";
const directory = mkdtempSync("/tmp/gantry-test-askpass-");
const script = writeAskpass(directory);
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs the script as ssh does, as a child of our child; `deeper` puts as many processes between as said. */
function ask(prompt: string, deeper = 0): string {
  const env = askpassEnvironment(process.env, script, new Secret(password));
  const nested = "sh -c '\"$@\"; :' sh ".repeat(deeper);
  const result = spawnSync("sh", ["-c", `${nested} "$SSH_ASKPASS" "$0"; :`, prompt], { env, encoding: "utf8" });
  return result.stdout;
}

test.each(["deploy@10.0.0.7's password: ", "(deploy@10.0.0.7) Password: ", "Password for deploy@web-1:"])(
  "%s is answered",
  (prompt) => {
    expect(ask(prompt)).toBe(`${password}\n`);
  },
);

test.each([
  "The authenticity of host 'password.example.com' can't be established.\nAre you sure (yes/no/[fingerprint])? ",
  "Please type 'yes', 'no' or the fingerprint: ",
  "Enter passphrase for key '/root/.ssh/id_ed25519': ",
  "Verification code: ",
  "New password: ",
  "Retype new password: ",
  "",
])("%j is not answered", (prompt) => {
  expect(ask(prompt)).toBe("");
});

test("the ssh of a jump host, which is not our own child, gets no answer", () => {
  expect(ask("ops@bastion's password: ", 1)).toBe("");
});

test("only the owner may run the script, and it does not hold the password", () => {
  expect(statSync(script).mode & 0o777).toBe(0o700);
  const environment = askpassEnvironment({}, script, new Secret("pw"));
  expect(environment).toMatchObject({ SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: "force", DISPLAY: ":0" });
});
