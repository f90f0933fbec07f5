import { Alert, Button } from "@mantine/core";
import type { RequestDetail, Run } from "../../../contract/requests.ts";
import { ENDED_RUN_STATES } from "../../../contract/states.ts";
import { BoardView } from "../../board/board-view.tsx";
import { useBoards } from "../../board/use-boards.ts";
import { useRunWords } from "../../board/use-run-words.ts";
import { WhyBundle } from "../../board/why-bundle.tsx";
import { Link } from "../../components/link.tsx";
import { Loading } from "../../components/loading.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { useRollback } from "./use-rollback.ts";

/** What Gantry lines of a run do: their boards, and why they failed. */
export function Release({ request, run }: { readonly request: RequestDetail; readonly run: Run }) {
  const text = useText().board;
  const words = useRunWords();
  const { boards, failed } = useBoards(run);
  const rollback = useRollback(request);
  const running = !ENDED_RUN_STATES.includes(run.state);
  if (failed && boards.length === 0)
    return (
      <Alert color="yellow" variant="light">
        {text.notReadable}
      </Alert>
    );
  if (boards.length === 0) return null;
  if (words === undefined) return <Loading rows={4} />;
  const actions = (
    <>
      {rollback !== undefined && (
        <Button component={Link} href={rollback}>
          {text.why.rollBack}
        </Button>
      )}
      {request.allowed.includes("again") && (
        <Button component={Link} href={paths.order(request.order.id, { from: request.id })} variant="default">
          {text.why.again}
        </Button>
      )}
    </>
  );
  return boards.map((board, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- boards only ever follow each other
    <div key={index} style={{ display: "contents" }}>
      <BoardView board={board} words={words} running={running && index === boards.length - 1} />
      {board.whys.length > 0 && <WhyBundle board={board} words={words} actions={running ? null : actions} />}
    </div>
  ));
}
