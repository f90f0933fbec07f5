import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { askAgain } from "./ask-again.ts";

const queryKey = ["GET /requests/:id", { id: 8 }];

test("a change while the first answer is on its way is not lost", async () => {
  const client = new QueryClient();
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()] as const;
  let asked = 0;
  const observer = new QueryObserver(client, { queryKey, queryFn: () => answers[asked++ === 0 ? 0 : 1].promise });
  const leave = observer.subscribe(() => undefined);
  const again = askAgain(client, ["GET /requests/:id"]);
  answers[0].resolve("running");
  answers[1].resolve("succeeded");
  await again;
  expect([observer.getCurrentResult().data, asked]).toEqual(["succeeded", 2]);
  leave();
  client.clear();
});

test("an answer that is there is asked for again once", async () => {
  const client = new QueryClient();
  let asked = 0;
  const observer = new QueryObserver(client, { queryKey, queryFn: () => Promise.resolve((asked += 1)) });
  const leave = observer.subscribe(() => undefined);
  await expect.poll(() => observer.getCurrentResult().data).toBe(1);
  await askAgain(client, queryKey);
  expect([observer.getCurrentResult().data, asked]).toEqual([2, 2]);
  leave();
  client.clear();
});
