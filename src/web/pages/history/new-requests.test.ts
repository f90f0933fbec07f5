import { expect, it } from "vitest";
import { splitAt } from "./new-requests.ts";

const requests = [{ id: 9 }, { id: 8 }, { id: 5 }];

it("holds back what is newer than the newest that is shown", () => {
  expect(splitAt(requests, 8)).toEqual({ shown: [{ id: 8 }, { id: 5 }], waiting: 1 });
  expect(splitAt(requests, 9)).toEqual({ shown: requests, waiting: 0 });
});

it("shows everything while nothing was shown yet", () => {
  expect(splitAt(requests, undefined)).toEqual({ shown: requests, waiting: 0 });
});
