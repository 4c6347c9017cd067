/**
 * xterm wants plain colours: a token's value as this element sees it now, in this theme. Canvas turns whatever CSS can say
 * (oklch, light-dark, color-mix) into bytes.
 */
export function resolve(element: HTMLElement, css: string): string {
  const probe = document.createElement('i');
  probe.style.color = css;
  element.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = computed;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The terminal's palette: the page's own inks, so that both themes stay readable. */
export function palette(element: HTMLElement) {
  const css = (value: string) => resolve(element, value);
  const blue = css('var(--stone-text)');
  return {
    background: css('var(--term)'),
    foreground: css('var(--ink)'),
    cursor: css('var(--accent)'),
    cursorAccent: css('var(--term)'),
    selectionBackground: css('color-mix(in oklab, var(--accent) 30%, var(--term))'),
    black: css('light-dark(#1a2430, #4a5866)'),
    red: css('var(--del)'),
    green: css('var(--add)'),
    yellow: css('var(--chg)'),
    blue,
    magenta: css('light-dark(#84309b, #d79bec)'),
    cyan: css('light-dark(#0c6b78, #6cd0dd)'),
    white: css('light-dark(#56616e, #d4dae0)'),
    brightBlack: css('var(--soft)'),
    brightRed: css('var(--del)'),
    brightGreen: css('var(--add)'),
    brightYellow: css('var(--chg)'),
    brightBlue: blue,
    brightMagenta: css('light-dark(#84309b, #d79bec)'),
    brightCyan: css('light-dark(#0c6b78, #6cd0dd)'),
    brightWhite: css('var(--ink)'),
  };
}
