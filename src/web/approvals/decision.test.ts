import { describe, expect, it } from "vitest";
import type { Approval } from "../../contract/approvals.ts";
import type { RequestDetail } from "../../contract/requests.ts";
import { meanwhileOf, subjectOf } from "./decision.ts";

const approval: Approval = {
  flow: "release",
  level: 1,
  levels: [],
  voided: [],
  expiresAt: null,
  outdated: [],
  selfApproval: false,
  distinctPeople: true,
  mayVote: true,
  mayVoteFor: [],
};
const request = {
  id: 7,
  state: "waiting",
  hash: "abc",
  version: 3,
  order: { id: 1, name: "project_group1", version: 2 },
  environment: { id: 1, name: "prod", colour: "red", protected: true },
  approval,
} as unknown as RequestDetail;
const not = { ...approval, mayVote: false };
const seen = { ...request, mayVote: true, mayVoteFor: [] };

describe("a request that somebody looks at", () => {
  it("asks whoever may vote, for himself or for another", () => {
    const li = { id: 3, name: "li", displayName: "" };
    expect(subjectOf(request)).toMatchObject({ id: 7, mayVote: true });
    expect(subjectOf({ ...request, approval: not })).toBeUndefined();
    expect(subjectOf({ ...request, approval: { ...not, mayVoteFor: [li] } })).toMatchObject({ mayVoteFor: [li] });
    expect(subjectOf({ ...request, state: "approved" })).toBeUndefined();
    expect(subjectOf({ ...request, approval: null })).toBeUndefined();
  });
});

describe("what has happened meanwhile", () => {
  it("is that another has voted, where the same would run and the vote still counts", () => {
    expect(meanwhileOf(seen, "approve", { ...request, version: 4 })).toMatchObject({
      kind: "voted",
      subject: { version: 4 },
    });
  });
  it("is that it was changed, where something else would run", () => {
    expect(meanwhileOf(seen, "approve", { ...request, version: 4, hash: "def" }).kind).toBe("changed");
  });
  it("is that it has to be renewed, which keeps nobody from rejecting it", () => {
    const outdated: Approval["outdated"] = [{ kind: "work_order", name: "project_group1", from: 2, to: 3 }];
    const now = { ...request, approval: { ...approval, outdated } };
    expect(meanwhileOf(seen, "approve", now).kind).toBe("outdated");
    expect(meanwhileOf(seen, "reject", now).kind).toBe("voted");
  });
  it("is that others are asked now, or nobody", () => {
    expect(meanwhileOf(seen, "approve", { ...request, approval: not }).kind).toBe("next-level");
    expect(meanwhileOf(seen, "reject", { ...request, state: "rejected", hash: "def" }).kind).toBe("decided");
  });
});
