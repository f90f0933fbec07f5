import { createServer } from "node:http";
import { Provider, type Context } from "oidc-provider";

interface Person {
  readonly preferred_username: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

export interface RealProvider {
  /** Who signs in there from now on, by subject; undefined: whoever comes refuses. */
  person: string | undefined;
  readonly people: Map<string, Person>;
  stop(): Promise<void>;
}

export const CLIENT_ID = "gantry";
export const CLIENT_SECRET = "secret-of-the-client-at-the-provider";

/** The library oidc-provider as somebody would run it, where signing in needs no form. */
export async function startProvider(port: number, redirectUris: readonly string[]): Promise<RealProvider> {
  const people = new Map<string, Person>();
  const state: { person: string | undefined } = { person: undefined };
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: redirectUris }],
    scopes: ["openid", "profile", "email"],
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "groups"], email: ["email"] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => Promise.resolve({ sub: id, ...people.get(id) }),
    }),
    loadExistingGrant: async ({ oidc }: Context) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    cookies: { keys: ["a key for the cookies of a test"] },
    ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) return answer(request, response);
    const { person } = state;
    const result =
      person === undefined ? { error: "access_denied" } : { login: { accountId: person, remember: false } };
    provider
      .interactionFinished(request, response, result, { mergeWithLastSubmission: false })
      .catch((error: unknown) => void response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  return {
    people,
    get person() {
      return state.person;
    },
    set person(subject) {
      state.person = subject;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
