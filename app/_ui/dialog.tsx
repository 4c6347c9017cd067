'use client';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

/** A question or a card over the page. Closed by Escape, by a click beside it, or by what is inside. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  closeLabel,
  children,
  wide = false,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** `most`: as much of the window as there is, for something to work in. */
  readonly wide?: boolean | 'most';
}) {
  const opener = useRef<Element>(null);
  const shown = useRef(false);
  // While it is drawn for the first time: a field inside may take the focus before any effect runs.
  if (open && !shown.current) opener.current = document.activeElement;
  shown.current = open;
  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          onCloseAutoFocus={(event) => {
            // Radix gives the focus back to a trigger of its own; whatever had it here is not one.
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={`surface settle fixed top-1/2 left-1/2 z-50 max-h-[92dvh] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 overflow-auto p-4 shadow-2xl sm:p-6 ${wide === 'most' ? 'max-w-6xl' : wide ? 'max-w-3xl' : 'max-w-md'}`}
        >
          <div className="mb-3 flex items-start gap-4">
            <Radix.Title className="min-w-0 text-xl font-semibold [overflow-wrap:anywhere]">{title}</Radix.Title>
            <Radix.Close
              aria-label={closeLabel}
              className="ml-auto rounded-lg px-2 text-2xl leading-7 text-soft hover:text-ink"
            >
              ×
            </Radix.Close>
          </div>
          {description && <Radix.Description className="mb-4 text-soft">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
