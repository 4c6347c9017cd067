'use client';
import { DropdownMenu as Radix } from 'radix-ui';

export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** A button with three dots, and what can be done with the thing it stands beside. */
export function Menu({ label, items }: { readonly label: string; readonly items: readonly MenuItem[] }) {
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
      <Radix.Portal>
        <Radix.Content align="end" sideOffset={4} className="surface appear z-50 min-w-44 p-1 shadow-2xl">
          {items.map(({ label: words, danger, onSelect }) => (
            <Radix.Item
              key={words}
              onSelect={onSelect}
              className={`cursor-pointer rounded-lg px-3 py-1.5 outline-none data-[highlighted]:bg-paper-deep ${danger ? 'text-del' : ''}`}
            >
              {words}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
