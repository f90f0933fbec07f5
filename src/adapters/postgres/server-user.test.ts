import { expect, test } from "vitest";
import { chooseServerUser, pickUser, readUsers } from "./server-user.ts";

const passwd = `root:x:0:0:root:/root:/bin/bash
# comment
broken:x
toor:x:0:0::/root:/bin/sh
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

test("picks the first name that is a user", () => {
  const users = readUsers(passwd);
  expect(pickUser(users, ["gantry", "postgres"])).toEqual({ name: "postgres", uid: 101, gid: 104, isSelf: false });
  expect(pickUser(users, ["gantry"])).toBeUndefined();
});

test("never picks root, whatever it is called", () => {
  expect(pickUser(readUsers(passwd), ["root", "toor", "nobody"])?.name).toBe("nobody");
});

if (process.getuid?.() === 0)
  test("root keeps to the owner of a database that is there, even one without a name", async () => {
    const owner = { uid: 54_321, gid: 54_322 };
    expect(await chooseServerUser(owner)).toEqual({ name: "54321", ...owner, isSelf: false });
  });
else
  test("everybody else is the server's user", async () => {
    expect(await chooseServerUser(undefined)).toMatchObject({ uid: process.getuid?.(), isSelf: true });
  });
