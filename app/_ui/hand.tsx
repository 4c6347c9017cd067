/** A raised hand, drawn: not every computer has the letter for it. */
export function Hand() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="inline-block shrink-0"
    >
      <path d="M5 8.500V3.600a1 1 0 0 1 2 0V7m0-.5V2.500a1 1 0 0 1 2 0V7m0-3.500a1 1 0 0 1 2 0V8m0-2.500a1 1 0 0 1 2 0V10a5 5 0 0 1-9.200 2.700L2.300 9.600a1 1 0 0 1 1.700-1L5 9.800" />
    </svg>
  );
}
