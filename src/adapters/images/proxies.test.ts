import { expect, test } from "vitest";
import { proxiesOf } from "./proxies.ts";

test("proxy variables are taken in both spellings, with the scheme that curl assumes", () => {
  const environment = {
    https_proxy: "proxy:3128",
    HTTP_PROXY: "http://u:p@proxy:3128",
    NO_PROXY: "a.b,10.0.0.0/8",
    PATH: "/bin",
  };
  expect(proxiesOf(environment)).toEqual({
    https_proxy: "http://proxy:3128",
    HTTP_PROXY: "http://u:p@proxy:3128",
    NO_PROXY: "a.b,10.0.0.0/8",
  });
});

test("empty and impossible values are left out", () => {
  expect(proxiesOf({ HTTPS_PROXY: "", http_proxy: "http://bad host", no_proxy: undefined })).toEqual({});
});
