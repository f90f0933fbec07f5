import "virtual:theme.css";
import "./mantine.css";
import "./frame.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiContext, invalidate } from "./api/api.tsx";
import { askAgain } from "./api/ask-again.ts";
import { createCall } from "./api/call.ts";
import { createLive } from "./api/live.ts";
import { knownSession, sessionQuery } from "./api/session.ts";
import { languageOf, loadWords } from "./locales/catalogue.ts";
import { LANGUAGE_STORED_AS, LanguageProvider } from "./locales/language.tsx";
import { paths } from "./paths.ts";
import { createPages } from "./router.tsx";
import { theme } from "./theme.ts";

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_STORED_AS);
  } catch {
    return null;
  }
}

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 5000, refetchOnWindowFocus: true } } });

const call = createCall({
  fetch: (input, init) => fetch(input, init),
  csrfToken: () => knownSession(client)?.csrfToken,
  language: () => document.documentElement.lang,
  signedOut: () => {
    const { href, pathname } = router.state.location;
    if (knownSession(client) === undefined || pathname === "/sign-in") return;
    client.removeQueries({ queryKey: ["GET /session"] });
    router.history.push(paths.signIn(href, true));
  },
  // The session says what it is, and the router leads there.
  heldUp: () =>
    void client
      .fetchQuery({ ...sessionQuery(call), staleTime: 0 })
      .then(() => router.invalidate())
      .catch(() => undefined),
});

const live = createLive({
  connect: () => new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`),
  changed: (request) => {
    const lists = invalidate(client, [
      "GET /requests",
      "GET /now",
      "GET /orders",
      "GET /approvals",
      "GET /approvals/count",
    ]);
    const queryKey = request === null ? ["GET /requests/:id"] : ["GET /requests/:id", { id: request }];
    void Promise.all([lists, askAgain(client, queryKey)]);
  },
  failed: () => void client.fetchQuery({ ...sessionQuery(call), staleTime: 0 }).catch(() => undefined),
  network: (listener) => {
    const tell = ({ type }: Event): void => listener(type === "online");
    for (const type of ["online", "offline"]) window.addEventListener(type, tell);
    return () => {
      for (const type of ["online", "offline"]) window.removeEventListener(type, tell);
    };
  },
});

const router = createPages({ api: { call, live }, client });

const language = languageOf(storedLanguage(), navigator.languages);
const text = await loadWords(language);
document.documentElement.lang = language === "zh" ? "zh-CN" : "en";

const element = document.getElementById("root");
if (element === null) throw new Error("index.html has no element with the id root");
createRoot(element).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <LanguageProvider initial={{ language, text }}>
        <QueryClientProvider client={client}>
          <ApiContext value={{ call, live }}>
            <RouterProvider router={router} />
          </ApiContext>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
