import { Anchor } from "@mantine/core";
import type { FleetVersion } from "../../../contract/fleet.ts";
import { Link } from "../../components/link.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./fleet.module.css";

/** Who has made a version: the request, or whoever ran Gantry without the console. */
export function VersionOrigin({ version }: { readonly version: FleetVersion | undefined }) {
  const text = useText().fleet;
  if (version === undefined) return <span className={classes.dimmed}>–</span>;
  const { request, user, run } = version;
  if (request !== null) {
    return (
      <>
        <Anchor component={Link} href={paths.request(request.id)} underline="always">
          {text.request(request.id)}
        </Anchor>{" "}
        {request.by}
      </>
    );
  }
  return (
    <span className={classes.dimmed}>
      {run === null ? text.unknownMaker : text.elsewhere(user ?? text.host.notKnown)}
    </span>
  );
}
