import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";

export function RequestPage() {
  const text = useText().request;
  return <Page title={text.title}>{null}</Page>;
}
