import { discoverOidc, type OidcClient, type OidcFailure, type OidcProvider } from "../../adapters/identity/oidc.ts";
import type { SignInMethod } from "../../contract/sign-in-method.ts";
import type { Result } from "../../domain/result.ts";
import type { UsableMethod } from "./sign-in-methods.ts";

/** Milliseconds after which a discovery document is read again, and after which one that could not be read is. */
const KEPT = 3_600_000;
const KEPT_FAILURE = 5000;

interface Known {
  readonly version: number;
  readonly until: number;
  readonly provider: Promise<Result<OidcProvider, OidcFailure>>;
}

/** Providers whose discovery documents and keys are kept for a while. */
export type OidcProviders = (method: UsableMethod) => Promise<Result<OidcProvider, OidcFailure>>;

/** One document is read once, however many sign in at the same moment; a new version of the method reads it anew. */
export function createOidcProviders(): OidcProviders {
  const known = new Map<number, Known>();
  return async (method) => {
    const found = known.get(method.id);
    if (found?.version === method.version && Date.now() < found.until) return found.provider;
    const provider = discoverOidc(clientOf(method.data));
    const keep = (milliseconds: number): void =>
      void known.set(method.id, { version: method.version, until: Date.now() + milliseconds, provider });
    keep(KEPT);
    try {
      const result = await provider;
      if (!result.ok) keep(KEPT_FAILURE);
      return result;
    } catch (error) {
      known.delete(method.id);
      throw error;
    }
  };
}

/** The client that a method describes. */
export function clientOf(data: SignInMethod): OidcClient {
  const { issuer, clientId, clientSecret, scopes, nameClaim, groupsClaim } = data;
  return { issuer, clientId, clientSecret, scopes, nameClaim, groupsClaim };
}
