import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';

/** The page's colour for each of the default style's: keywords, strings, comments, names, numbers. */
const colours = {
  '#708': 'var(--stone-text)',
  '#a11': 'var(--add)',
  '#940': 'var(--soft)',
  '#00f': 'var(--accent)',
  '#219': 'var(--chg)',
  '#164': 'var(--chg)',
} as const;

/** The page's own colours, by its variables: both themes at once. */
export const theme = [
  EditorView.theme({
    '&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '13.5px', height: '100%' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.65' },
    '.cm-content': { caretColor: 'var(--accent)', padding: '10px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
    '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklab, var(--line) 40%, transparent)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'color-mix(in oklab, var(--accent) 24%, transparent) !important',
    },
    '.cm-tooltip': {
      background: 'var(--card-high)',
      border: '1px solid var(--line-strong)',
      borderRadius: '8px',
      overflow: 'hidden',
    },
    '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--font-sans)' },
    '.cm-diagnostic-error': { borderLeft: '4px solid var(--del)' },
    '.cm-diagnostic-warning': { borderLeft: '4px solid var(--chg)' },
  }),
  syntaxHighlighting(HighlightStyle.define(defaultHighlightStyle.specs.map(ours))),
];

/** CodeMirror's own choice of what to colour, in the page's colours. */
function ours(spec: (typeof defaultHighlightStyle.specs)[number]) {
  return spec.color ? { ...spec, color: colours[spec.color as keyof typeof colours] ?? 'var(--ink)' } : spec;
}
