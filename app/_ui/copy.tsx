'use client';
import { useState } from 'react';
import { Button } from './button';

/** Copies a text and says that it did. Where the clipboard is closed (plain http) the text is selected by a prompt. */
export function Copy({
  text,
  label,
  done,
  small = true,
}: {
  readonly text: string;
  readonly label: string;
  readonly done: string;
  readonly small?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (await toClipboard(text)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    }
  };
  return (
    <Button small={small} onClick={() => void copy()}>
      <span aria-live="polite">{copied ? `✓ ${done}` : label}</span>
    </Button>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The old way, which also works where the page is not a secure context. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
