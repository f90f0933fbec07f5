import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useText } from "../locales/language.tsx";

/** Stands where something is being loaded, about as high as what will be there. */
export function Loading({ rows = 5, height = 36 }: { readonly rows?: number; readonly height?: number }) {
  const text = useText();
  return (
    <div role="status">
      <VisuallyHidden>{text.frame.loading}</VisuallyHidden>
      <Stack gap="xs" aria-hidden>
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={height} />
        ))}
      </Stack>
    </div>
  );
}
