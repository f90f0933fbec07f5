import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";

export function NowPage() {
  const text = useText().now;
  return <Page title={text.title}>{null}</Page>;
}
