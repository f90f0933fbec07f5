import { expect, test } from "vitest";
import { hashOneTime, hashPassword, needsRehash, verifyNobody, verifyPassword } from "./password-hash.ts";

/** From test.c of the reference implementation (phc-winner-argon2): "password", "somesalt", t=2, m=2^16, p=1. */
const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

test("agrees with the reference implementation", async () => {
  expect(await verifyPassword("password", reference)).toBe(true);
  expect(await verifyPassword("passwore", reference)).toBe(false);
});

test("a hash is in PHC form, salted, and verifies its password only", async () => {
  const stored = await hashPassword("correct horse");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await hashPassword("correct horse")).not.toBe(stored);
  expect(await verifyPassword("correct horse", stored)).toBe(true);
  expect(await verifyPassword("correct horse ", stored)).toBe(false);
  expect(await verifyPassword("", stored)).toBe(false);
});

test("a letter is the same however the keyboard composes it", async () => {
  expect(await verifyPassword("cafe\u0301 密码", await hashPassword("caf\u00e9 密码"))).toBe(true);
});

test("an account that does not exist costs what one that exists costs", async () => {
  const stored = await hashPassword("correct horse");
  const cost = async (work: () => Promise<boolean>): Promise<number> => {
    const times = [];
    for (let turn = 0; turn < 7; turn++) {
      const start = performance.now();
      expect(await work()).toBe(false);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  const somebody = await cost(() => verifyPassword("wrong", stored));
  const nobody = await cost(() => verifyNobody("wrong"));
  expect(nobody / somebody).toBeGreaterThan(0.5);
  expect(nobody / somebody).toBeLessThan(2);
  const oneTime = await hashOneTime("abcd-efgh-jkmn-pqrs");
  const newcomer = await cost(() => verifyPassword("wrong", oneTime));
  expect(nobody / newcomer).toBeGreaterThan(0.5);
  expect(nobody / newcomer).toBeLessThan(2);
});

test("a one-time password verifies, and is to be hashed anew as others are", async () => {
  const stored = await hashOneTime("abcd-efgh-jkmn-pqrs");
  expect(await verifyPassword("abcd-efgh-jkmn-pqrs", stored)).toBe(true);
  expect(await verifyPassword("abcd-efgh-jkmn-pqrt", stored)).toBe(false);
  expect(needsRehash(stored)).toBe(true);
});

test("a hash of another cost is to be made anew", async () => {
  expect(needsRehash(reference)).toBe(true);
  expect(needsRehash("")).toBe(true);
  expect(needsRehash(await hashPassword("correct horse"))).toBe(false);
});

test.each([
  "",
  "correct horse",
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ",
  reference.replace("argon2id", "argon2i"),
  reference.replace("v=19", "v=16"),
  reference.replace("t=2", "t=0"),
  reference.replace("p=1", "p=0"),
  reference.replace("m=65536", "m=7"),
  reference.replace("m=65536", "m=9999999"),
])("a stored text that is no hash of ours verifies nothing: %j", async (stored) => {
  expect(await verifyPassword("password", stored)).toBe(false);
});
