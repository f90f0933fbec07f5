import { Button } from "@mantine/core";
import { Empty } from "../components/empty.tsx";
import { Link } from "../components/link.tsx";
import { Page } from "../components/page.tsx";
import { useText } from "../locales/language.tsx";
import { paths } from "../paths.ts";

/** For an address that leads nowhere. */
export function NotFound() {
  const { notFound } = useText().frame;
  return (
    <Page title={notFound.title}>
      <Empty
        title={notFound.text}
        action={
          <Button component={Link} href={paths.now()} variant="default">
            {notFound.back}
          </Button>
        }
      />
    </Page>
  );
}
