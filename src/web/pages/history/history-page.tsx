import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";

export function HistoryPage() {
  const text = useText().history;
  return <Page title={text.title}>{null}</Page>;
}
