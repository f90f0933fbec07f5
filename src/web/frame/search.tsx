import { Modal, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useAnswer } from "../api/api.tsx";
import { useAccount } from "../api/session.ts";
import { Link, useGo } from "../components/link.tsx";
import { StateBadge } from "../components/state-badge.tsx";
import { useText } from "../locales/language.tsx";
import { paths } from "../paths.ts";
import classes from "./frame.module.css";
import { entriesFor } from "./rail.tsx";

interface Hit {
  readonly href: string;
  readonly group: string;
  readonly label: string;
  readonly detail?: ReactNode;
}

/** Finds orders, requests and pages by a few letters or a number. */
export function Search({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const go = useGo();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const hits = useHits(typed.trim());
  const at = Math.min(chosen, hits.length - 1);

  const open = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    onClose();
    go(hit.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends the choice of a Chinese word is not ours.
    if (event.nativeEvent.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      setChosen((at + move + hits.length) % Math.max(1, hits.length));
    } else if (event.key === "Enter") open(hits[at]);
  };

  return (
    <Modal.Root opened onClose={onClose} size="lg" yOffset="10vh">
      <Modal.Overlay />
      <Modal.Content aria-label={text.frame.search.title}>
        <TextInput
          data-autofocus
          size="md"
          variant="unstyled"
          className={classes.searchInput}
          leftSection={<IconSearch size={18} />}
          placeholder={text.frame.search.placeholder}
          aria-label={text.frame.search.title}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={hits.length > 0 ? `${list}-${at}` : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={list} role="listbox" aria-label={text.frame.search.title} className={classes.hits}>
          {hits.map((hit, index) => (
            <div key={hit.href} role="presentation">
              {hit.group !== hits[index - 1]?.group && (
                <div className={classes.hitGroup} role="presentation">
                  {hit.group}
                </div>
              )}
              <Link
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === at}
                tabIndex={-1}
                href={hit.href}
                className={classes.hit}
                onClick={onClose}
                onMouseMove={() => setChosen(index)}
              >
                <span className={classes.ellipsis}>{hit.label}</span>
                {hit.detail}
              </Link>
            </div>
          ))}
        </div>
        <VisuallyHidden role="status">{text.frame.search.results(hits.length)}</VisuallyHidden>
        <Text size="xs" c="dimmed" className={classes.hitHint}>
          {hits.length === 0 ? text.frame.search.nothing : text.frame.search.hint}
        </Text>
      </Modal.Content>
    </Modal.Root>
  );
}

/** What fits what was typed: pages and orders at once, requests as the server finds them. */
function useHits(typed: string): readonly Hit[] {
  const text = useText();
  const { permissions } = useAccount();
  const [settled] = useDebouncedValue(typed, 200);
  const orders = useAnswer("GET /orders", {}, { staleTime: 60_000 });
  const requests = useAnswer(
    "GET /requests",
    { query: { text: settled, limit: 8 } },
    { enabled: settled !== "", placeholderData: (previous) => previous },
  );
  const fits = (...words: readonly (string | null)[]): boolean =>
    typed
      .toLowerCase()
      .split(/\s+/u)
      .every((part) => words.some((word) => word?.toLowerCase().includes(part)));

  const number = /^#?(\d{1,9})$/u.exec(typed)?.[1];
  const group = text.frame.search;
  const byNumber: readonly Hit[] =
    number === undefined
      ? []
      : [{ href: paths.request(Number(number)), group: group.requests, label: group.goToRequest(Number(number)) }];
  const found = typed === "" ? [] : (requests.data?.items ?? []);
  return [
    ...byNumber,
    ...(orders.data?.items ?? [])
      .filter((order) => fits(order.name, order.summary, order.category, order.environment.name))
      .toSorted((left, right) => Number(right.favourite) - Number(left.favourite))
      .slice(0, 8)
      .map((order) => ({
        href: paths.order(order.id),
        group: group.orders,
        label: order.name,
        detail: <span className={classes.hitDetail}>{`${order.environment.name} ${order.category ?? ""}`}</span>,
      })),
    ...found
      .filter((request) => String(request.id) !== number)
      .map((request) => ({
        href: paths.request(request.id),
        group: group.requests,
        label: `#${request.id} ${request.order.name} ${request.summary}`,
        detail: <StateBadge state={request.state} />,
      })),
    ...entriesFor(permissions)
      .filter(({ name }) => fits(text.frame.pages[name], name))
      .map(({ name, href }) => ({ href, group: group.pages, label: text.frame.pages[name] })),
  ];
}
