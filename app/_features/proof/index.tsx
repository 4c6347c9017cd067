'use client';
import { useEffect, useRef, useState } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { DigestMark } from '../../_picture';
import { Button, Dialog } from '../../_ui';
import { type ImageView, layerTitle } from '../../_view';
import { type Fetch, type Part, type Proof, prove, tamper } from './prove';

export interface ProofReport {
  readonly manifestDigest: string;
  readonly verified: number;
  readonly total: number;
  readonly ms: number;
}

/** Proves an image as soon as it is known, and again when it is another one. */
export function useProof(
  image: ImageView | undefined,
  fetch: Fetch,
  report: (report: ProofReport) => void,
): Proof | undefined {
  const [proof, setProof] = useState<Proof>();
  const latest = useRef({ image, fetch, report });
  latest.current = { image, fetch, report };
  const digest = image?.manifestDigest;
  useEffect(() => {
    const { image, fetch, report } = latest.current;
    if (!digest || !image) return;
    const stop = new AbortController();
    void prove(image, fetch, (now) => !stop.signal.aborted && setProof(now), stop.signal).then((end) => {
      if (!stop.signal.aborted)
        report({ manifestDigest: digest, verified: end.verified, total: end.parts.length, ms: end.ms });
    });
    return () => stop.abort();
  }, [digest]);
  return proof;
}

const kinds: Readonly<Record<Part['kind'], Key>> = {
  manifest: 'proof.manifest',
  config: 'proof.config',
  layer: 'proof.layer',
};

/** “verified here: 6 of 6”, and behind it every digest as this browser computed it. */
export function ProofMark({
  image,
  proof,
  fetch,
}: {
  readonly image: ImageView;
  readonly proof?: Proof;
  readonly fetch: Fetch;
}) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const total = proof?.parts.length ?? 0;
  const whole = proof?.done && proof.verified === total;
  const look = whole ? 'text-ok' : proof?.done ? 'text-del' : 'text-soft';
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="inline-flex max-w-full flex-wrap items-center gap-x-2.5 gap-y-1 rounded-full border border-line bg-card px-3 py-1.5 text-left text-sm hover:border-line-strong"
      >
        <DigestMark digest={image.manifestDigest} />
        <span className={`font-semibold ${look}`} aria-live="polite">
          {proof?.done ? (whole ? '✓ ' : '✗ ') : ''}
          {proof?.done ? say('proof.here', { verified: proof.verified, total }) : say('proof.working')}
        </span>
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={say('proof.title')}
        description={say('proof.explain')}
        closeLabel={say('close')}
        wide
      >
        {proof && <Parts image={image} proof={proof} />}
        {proof?.done && <Tamper image={image} fetch={fetch} />}
      </Dialog>
    </>
  );
}

function Parts({ image, proof }: { readonly image: ImageView; readonly proof: Proof }) {
  const say = useSay();
  return (
    <>
      <table className="w-full text-sm">
        <thead className="text-left text-soft">
          <tr>
            <th className="py-1 font-medium">{say('proof.part')}</th>
            <th className="py-1 font-medium">{say('proof.claimed')}</th>
            <th className="py-1 font-medium">{say('proof.result')}</th>
          </tr>
        </thead>
        <tbody>
          {proof.parts.map((part) => (
            <tr key={`${part.kind}${part.index ?? ''}`} className="border-t border-line">
              <td className="py-1.5 pr-2 sm:pr-3">
                {say(kinds[part.kind], { n: (part.index ?? 0) + 1 })}
                {part.index !== undefined && (
                  <code className="block max-w-24 truncate text-[12px] text-soft sm:max-w-64">
                    {layerTitle(image.layers[part.index]?.createdBy ?? '')}
                  </code>
                )}
              </td>
              <td className="py-1.5 pr-2 sm:pr-3">
                <DigestMark digest={part.digest} />
              </td>
              <td className="py-1.5">
                <Verdict part={part} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-sm text-soft">{say('proof.took', { ms: proof.ms })}</p>
    </>
  );
}

function Verdict({ part }: { readonly part: Part }) {
  const say = useSay();
  switch (part.state) {
    case 'verified':
      return <span className="font-semibold text-ok">✓ {say('proof.equal')}</span>;
    case 'wrong':
      return (
        <span className="font-semibold text-del">
          ✗ {say('proof.differs')} {part.found && <DigestMark digest={part.found} />}
        </span>
      );
    case 'missing':
      return <span className="text-del">{say('proof.missing')}</span>;
    default:
      return <span className="text-soft">{say('proof.waiting')}</span>;
  }
}

/** One bit turned in a copy of the top layer: another digest, at once. The layer itself is not touched. */
function Tamper({ image, fetch }: { readonly image: ImageView; readonly fetch: Fetch }) {
  const say = useSay();
  const [found, setFound] = useState<string>();
  const layer = image.layers.at(-1);
  const run = async () => {
    const bytes = layer && (await fetch(layer.digest));
    if (bytes) setFound(await tamper(bytes));
  };
  if (!layer) return null;
  return (
    <div className="mt-4 grid gap-2 border-t border-line pt-4">
      <p className="text-sm">{say('proof.drill')}</p>
      <Button onClick={() => void run()} className="justify-self-start">
        {say('proof.flip')}
      </Button>
      {found && (
        <p role="status" className="text-sm">
          <span className="font-semibold text-ok">
            {say('proof.original')} <DigestMark digest={layer.digest} /> ✓
          </span>
          <br />
          <span className="font-semibold text-del">
            {say('proof.copy')} <DigestMark digest={found} /> ✗
          </span>
        </p>
      )}
    </div>
  );
}
