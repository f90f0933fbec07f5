import { expect, test } from "vitest";
import { suspendingWords } from "./suspending-words.ts";

interface Words {
  readonly near: string;
  readonly far: string;
}
const whole: Words = { near: "here", far: "there" };

/** What asking gives: a word, or what was thrown. */
function asked(words: Words): unknown {
  try {
    return words.far;
  } catch (thrown) {
    return thrown;
  }
}

test("words that are there load nothing, and can be the answer of a promise", async () => {
  const words = await Promise.resolve(suspendingWords<Words>({ near: "here" }, () => Promise.reject(new Error("no"))));
  expect(words.near).toBe("here");
});

test("others are waited for, loaded once, and there from then on", async () => {
  let loads = 0;
  const words = suspendingWords<Words>({ near: "here" }, () => {
    loads += 1;
    return Promise.resolve(whole);
  });
  const waiting = asked(words);
  expect(waiting).toBeInstanceOf(Promise);
  expect(asked(words)).toBe(waiting);
  await waiting;
  expect(words.far).toBe("there");
  expect(loads).toBe(1);
});

test("what cannot be loaded is an error once, and is tried again", async () => {
  const answers = [Promise.reject(new Error("offline")), Promise.resolve(whole)];
  const words = suspendingWords<Words>({}, () => answers.shift() ?? Promise.resolve(whole));
  await asked(words);
  expect(asked(words)).toEqual(new Error("offline"));
  await asked(words);
  expect(words.far).toBe("there");
});
