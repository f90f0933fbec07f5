/** The gantry. */
export function Logo() {
  return (
    <svg
      width={22}
      height={22}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--mantine-color-anchor)"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M3 6h18M6 6v14M18 6v14M12 6v5M9.5 11h5v4h-5z" />
    </svg>
  );
}
