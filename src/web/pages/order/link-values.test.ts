import { describe, expect, it } from "vitest";
import type { FormField } from "../../../contract/requests.ts";
import { linkValues, valuesForLink, withoutSecrets } from "./link-values.ts";

const field = (name: string, secret = false) => ({ name, secret }) as FormField;

describe("values in a link", () => {
  it("are read back as they were written, without secrets and empty ones", () => {
    const fields = [field("project"), field("key", true), field("tag"), field("text")];
    const text = valuesForLink(fields, { project: ["demo1", "演示&=?"], key: ["s3cret"], tag: [], text: [""] });
    expect(text).not.toContain("s3cret");
    expect(linkValues(text)).toEqual({ project: ["demo1", "演示&=?"], text: [""] });
  });

  it("are taken only where they are values", () => {
    expect(linkValues('{"a":["1"],"b":"2","c":[3],"d":null}')).toEqual({ a: ["1"] });
    for (const nonsense of [undefined, "", "{", "[]", "null", "7", 7]) expect(linkValues(nonsense)).toBeUndefined();
  });
});

it("keeps secrets out of drafts", () => {
  expect(withoutSecrets([field("a"), field("b", true)], { a: ["1"], b: ["2"] })).toEqual({ a: ["1"] });
});
