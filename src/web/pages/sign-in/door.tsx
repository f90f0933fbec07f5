import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Preferences } from "../../frame/preferences.tsx";
import classes from "./sign-in.module.css";

/** The bare page around the forms of those who are not in yet. */
export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.door}>
      <title>{`${title} · Gantry`}</title>
      <header className={classes.preferences}>
        <Preferences />
      </header>
      <main className={classes.card}>
        <p className={classes.brand}>Gantry</p>
        <Title order={1} size="h3" mb="md">
          {title}
        </Title>
        {children}
      </main>
    </div>
  );
}
