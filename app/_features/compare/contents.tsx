'use client';
import { useSay } from '../../_i18n/language';
import { DigestMark, ownerStyle } from '../../_picture';
import { Note, Panel, Scroll } from '../../_ui';
import { Merge } from '../../_ui/editor/merge';
import {
  asHex,
  asText,
  type Look,
  layerTitle,
  legible,
  pictureType,
  type Side,
  showBytes,
  showMode,
} from '../../_view';
import { Picture } from './picture';

type Present = Exclude<Look, { kind: 'absent' }>;

/** One path on both sides: where it comes from, its metadata, and its bytes. */
export function Contents({ left, right, path }: { readonly left: Side; readonly right: Side; readonly path: string }) {
  const say = useSay();
  const [a, b] = [left.look(path), right.look(path)];
  const same = a.kind === 'file' && b.kind === 'file' && a.digest === b.digest;
  return (
    <Panel
      title={legible(path)}
      note={same ? <span className="font-semibold text-ok">= {say('compare.same')}</span> : undefined}
      className="[&_h2]:font-mono"
    >
      <div className="grid gap-3">
        <div className="grid gap-3 sm:grid-cols-2">
          <Facts side={left} look={a} />
          <Facts side={right} look={b} />
        </div>
        <Pictures sides={[left, right]} looks={[a, b]} path={path} />
        <Bytes left={left} right={right} a={a} b={b} />
      </div>
    </Panel>
  );
}

function Pictures({
  sides,
  looks,
  path,
}: {
  readonly sides: readonly Side[];
  readonly looks: readonly Look[];
  readonly path: string;
}) {
  const shown = looks.map((look) => {
    const bytes = bytesOf(look);
    const type = bytes && pictureType(path, bytes);
    return bytes && type ? { bytes, type } : undefined;
  });
  if (!shown.some(Boolean)) return null;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {shown.map((picture, i) => (
        <div key={`${i ? 'right' : 'left'} ${sides[i]!.id}`}>
          {picture && <Picture {...picture} label={`${sides[i]!.label}: ${legible(path)}`} />}
        </div>
      ))}
    </div>
  );
}

function Facts({ side, look }: { readonly side: Side; readonly look: Look }) {
  const say = useSay();
  return (
    <div style={ownerStyle(side.colour)} className="grid content-start gap-1 border-l-4 border-owner pl-3 text-sm">
      <b>{side.label}</b>
      {look.kind === 'absent' ? (
        <span className="text-soft">{say(look.why === 'deleted' ? 'compare.deleted' : 'compare.never')}</span>
      ) : (
        <>
          <Origin side={side} look={look} />
          <span className="font-mono text-[12.5px] text-soft">
            {showMode(look.mode)} · {look.uid}:{look.gid} ·{' '}
            {look.kind === 'symlink' ? `→ ${look.target}` : showBytes(look.size)}
          </span>
          {look.digest && <DigestMark digest={look.digest} size={18} />}
        </>
      )}
    </div>
  );
}

function Origin({ side, look }: { readonly side: Side; readonly look: Present }) {
  const say = useSay();
  const title = (layer: number) => {
    const made = side.layers[layer];
    return made ? layerTitle(made.createdBy) : say('layers.init');
  };
  if (look.from !== 'sheet')
    return <span>{say('compare.fromLayer', { layer: look.from + 1, line: title(look.from) })}</span>;
  return (
    <span>
      {look.covers === undefined
        ? say('compare.fromSheet')
        : say('compare.covers', { layer: look.covers + 1, line: title(look.covers) })}
    </span>
  );
}

function Bytes({
  left,
  right,
  a,
  b,
}: {
  readonly left: Side;
  readonly right: Side;
  readonly a: Look;
  readonly b: Look;
}) {
  const say = useSay();
  const [one, two] = [bytesOf(a), bytesOf(b)];
  if (!one && !two) return null;
  const [text, other] = [one ? asText(one) : '', two ? asText(two) : ''];
  if (text !== undefined && other !== undefined)
    return (
      <div className="overflow-hidden rounded-lg border border-line bg-term">
        <Merge left={text} right={other} leftLabel={left.label} rightLabel={right.label} />
      </div>
    );
  return (
    <>
      <Note>{say('compare.binary')}</Note>
      <div className="grid gap-3 xl:grid-cols-2">
        {[
          { side: left, bytes: one },
          { side: right, bytes: two },
        ].map(({ side, bytes }) => (
          <Scroll key={side.id} label={side.label} className="max-h-96 rounded-lg border border-line bg-term p-3">
            <pre className="text-[12px]">{bytes ? asHex(bytes) : say('compare.absent')}</pre>
          </Scroll>
        ))}
      </div>
    </>
  );
}

function bytesOf(look: Look): Uint8Array | undefined {
  return look.kind === 'file' ? look.bytes : undefined;
}
