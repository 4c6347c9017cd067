'use client';
import { useEffect, useRef, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Dialog, Note } from '../../_ui';
import { Editor } from '../../_ui/editor';
import { useDraft } from './draft';
import { useShown, type Watched } from './shown';

export { EditorSeen } from './seen';

export interface Editing {
  readonly path: string;
  readonly text: string;
}

/** With `text` the file is written; answers a sentence when it could not be. */
type Close = (text?: string) => Promise<string | undefined>;

/**
 * The editor that `vi` opens. It stands over the desk for as long as the program waits; what was typed outlives a reload, a
 * refusal, and an editor that was closed elsewhere meanwhile (another tab, Ctrl-C, a restart).
 */
export function FileEditor({
  editing,
  place,
  onClose,
  watched,
}: {
  readonly editing: Editing | undefined;
  /** Computer and terminal: whose draft it is. */
  readonly place: string;
  readonly onClose: Close;
  /** Who looks on, and how they are told what is written. */
  readonly watched?: Watched;
}) {
  const [open, setOpen] = useState<Editing>();
  const [left, setLeft] = useState(false);
  const leave = () => {
    setOpen(undefined);
    setLeft(false);
  };
  useEffect(() => {
    if (editing) {
      setOpen(editing);
      setLeft(false);
    } else setLeft(true);
  }, [editing]);
  if (!open) return null;
  return <Card key={`${open.path}\n${open.text}`} file={open} {...{ place, left, onClose, watched }} onLeave={leave} />;
}

function Card({
  file,
  place,
  left,
  onClose,
  onLeave,
  watched,
}: {
  readonly file: Editing;
  readonly place: string;
  /** The program has ended without us. */
  readonly left: boolean;
  readonly onClose: Close;
  readonly onLeave: () => void;
  readonly watched?: Watched;
}) {
  const say = useSay();
  const { text, setText, forget } = useDraft(place, file);
  useShown(file.path, text, watched);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const changed = text !== file.text;
  const gone = () => {
    forget();
    onLeave();
  };
  const close = async (written?: string) => {
    if (busy) return;
    setBusy(true);
    setAsking(false);
    const refused = await onClose(written && whole(written));
    setBusy(false);
    setProblem(refused);
    if (refused === undefined) gone();
  };
  const escaped = () => {
    if (left) gone();
    else if (changed) setAsking(!asking);
    else void close();
  };
  // Closed elsewhere with nothing of ours in it: there is nothing to keep.
  const idle = left && !changed && !busy;
  const ended = useRef(gone);
  ended.current = gone;
  useEffect(() => {
    if (idle) ended.current();
  }, [idle]);

  return (
    <Dialog
      open
      onClose={escaped}
      title={file.path}
      description={say('editor.more')}
      closeLabel={say('close')}
      wide="most"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for what its buttons do */}
      <div
        className="grid gap-3"
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
          event.preventDefault();
          if (!left) void close(text);
        }}
      >
        <div className="h-[52dvh] min-h-48 overflow-hidden rounded-lg border border-line-strong bg-card-high">
          <Editor
            document={file.path}
            text={text}
            label={say('editor.label', { path: file.path })}
            focused={!asking}
            onChange={setText}
          />
        </div>
        {watched && <Note tone="warn">{say('editor.watched', { host: watched.by })}</Note>}
        {problem && (
          <Note tone="wrong" live>
            {problem}
          </Note>
        )}
        {left && changed && (
          <Note tone="warn" live>
            {say('editor.left')}
          </Note>
        )}
        {asking ? (
          <Question onSave={() => void close(text)} onDiscard={() => void close()} onBack={() => setAsking(false)} />
        ) : (
          <div className="flex flex-wrap items-center justify-end gap-2">
            <span className="mr-auto text-sm text-soft">{say('editor.keys')}</span>
            <Button disabled={busy} onClick={() => (left ? gone() : void close())}>
              {say('editor.discard')}
            </Button>
            {!left && (
              <Button look="primary" disabled={busy} onClick={() => void close(text)}>
                {say('editor.save')}
              </Button>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** As vi writes a file: its last line ends, too. */
const whole = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Escape, with something typed: what becomes of it? */
function Question({
  onSave,
  onDiscard,
  onBack,
}: {
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly onBack: () => void;
}) {
  const say = useSay();
  return (
    <div role="alertdialog" aria-label={say('editor.ask')} className="flex flex-wrap items-center justify-end gap-2">
      <b className="mr-auto">{say('editor.ask')}</b>
      <Button look="quiet" onClick={onBack}>
        {say('editor.back')}
      </Button>
      <Button look="danger" onClick={onDiscard}>
        {say('editor.discard')}
      </Button>
      <Button look="primary" onClick={onSave} autoFocus>
        {say('editor.save')}
      </Button>
    </div>
  );
}
