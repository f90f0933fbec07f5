import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";

export function OrdersPage() {
  const text = useText().orders;
  return <Page title={text.title}>{null}</Page>;
}
