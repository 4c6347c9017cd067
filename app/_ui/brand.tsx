/** The mark: a printed stack and the one sheet above it. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <path d="M3 22.5 16 29l13-6.500-13-6.5z" fill="light-dark(#1e3a57,#28517a)" />
      <path d="M3 17.500 16 24l13-6.500L16 11z" fill="light-dark(#5b89b5,#6496c4)" />
      <path
        d="M3 9.500 16 16l13-6.500L16 3z"
        fill="var(--accent)"
        fillOpacity=".34"
        stroke="var(--accent)"
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** `nameless`: where there is little room, the mark alone. */
export function Brand({ nameless = false }: { readonly nameless?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-[17px] font-[680] tracking-tight">
      <Mark />
      <span className={nameless ? 'max-md:sr-only' : ''}>Dockerland</span>
    </span>
  );
}
