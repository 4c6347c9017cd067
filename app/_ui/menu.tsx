'use client';
import { DropdownMenu as Radix } from 'radix-ui';
import { useRef } from 'react';

export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** A button with three dots, and what can be done with the thing it stands beside. */
export function Menu({ label, items }: { readonly label: string; readonly items: readonly MenuItem[] }) {
  const chosen = useRef<() => void>(undefined);
  // Once the menu has closed: a dialog that opens then gives the focus back to the menu's button.
  const act = () => {
    chosen.current?.();
    chosen.current = undefined;
  };
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger
        aria-label={label}
        className="grid size-8 place-items-center rounded-lg text-soft hover:bg-paper-deep hover:text-ink"
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
          <circle cx="2.5" cy="8" r="1.7" />
          <circle cx="8" cy="8" r="1.7" />
          <circle cx="13.5" cy="8" r="1.7" />
        </svg>
      </Radix.Trigger>
      {/* Beside its button and not at the page's end: so it lies in the same landmark. */}
      <Radix.Content
        align="end"
        sideOffset={4}
        onCloseAutoFocus={act}
        className="surface appear z-50 min-w-44 p-1 shadow-2xl"
      >
        {items.map(({ label: words, danger, onSelect }) => (
          <Radix.Item
            key={words}
            onSelect={() => {
              chosen.current = onSelect;
            }}
            className={`cursor-pointer rounded-lg px-3 py-1.5 outline-none data-[highlighted]:bg-paper-deep ${danger ? 'text-del' : ''}`}
          >
            {words}
          </Radix.Item>
        ))}
      </Radix.Content>
    </Radix.Root>
  );
}
