import { type Credentials, serverKey } from "./credentials.ts";

/**
 * The value of Docker Engine's `X-Registry-Auth` header (docs.docker.com/reference/api/engine, "Authentication"):
 * base64url of JSON, padded, because engines up to 20.10 refuse it without `=`. It holds the secret in clear: only for
 * the header.
 *
 * @param registry `host[:port]`, or `docker.io`; goes in as `serveraddress`, which engines with the containerd store
 * compare with the image's registry
 */
export function registryAuthHeader(credentials: Credentials, registry: string): string {
  const login =
    "identityToken" in credentials
      ? { identitytoken: credentials.identityToken.reveal() }
      : { username: credentials.username, password: credentials.password.reveal() };
  const json = JSON.stringify({ ...login, serveraddress: serverKey(registry) });
  return Buffer.from(json, "utf8").toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}
