import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";

export function OrderPage() {
  const text = useText().order;
  return <Page title={text.title}>{null}</Page>;
}
