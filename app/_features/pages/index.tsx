'use client';
import { useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Dialog, Panel } from '../../_ui';
import type { PortView } from '../../_view';
import { Browser, type Link } from './browser';

/** What a person's containers serve: one published port at a time, in an isolated frame. Nothing when there is none. */
export function Pages({ ports, link }: { readonly ports: readonly PortView[]; readonly link: Link }) {
  const say = useSay();
  const [wanted, want] = useState<number>();
  const [large, setLarge] = useState(false);
  const shown = ports.find(({ port }) => port === wanted) ?? ports[0];
  if (!shown) return null;
  const browser = (
    <Browser
      key={`${shown.port} ${shown.life}`}
      port={shown.port}
      title={say('pages.frame', { port: shown.port, name: shown.container })}
      link={link}
      tall={large}
    />
  );
  return (
    <Panel
      title={say('pages.title')}
      note={<span className="font-mono">{`localhost:${shown.port} → ${shown.container}:${shown.inside}`}</span>}
      tools={
        <Button small look="quiet" onClick={() => setLarge(true)}>
          {say('pages.larger')}
        </Button>
      }
    >
      {ports.length > 1 && <Choice ports={ports} shown={shown.port} onChoose={want} />}
      {large ? <p className="text-sm text-soft">{say('pages.isLarger')}</p> : browser}
      <Dialog
        open={large}
        onClose={() => setLarge(false)}
        title={`localhost:${shown.port}`}
        closeLabel={say('close')}
        wide="most"
      >
        {browser}
      </Dialog>
    </Panel>
  );
}

function Choice({
  ports,
  shown,
  onChoose,
}: {
  readonly ports: readonly PortView[];
  readonly shown: number;
  readonly onChoose: (port: number) => void;
}) {
  const say = useSay();
  return (
    <fieldset className="mb-2 flex flex-wrap gap-1" aria-label={say('pages.ports')}>
      {ports.map(({ port, container }) => (
        <Button
          key={port}
          small
          look={port === shown ? 'plain' : 'quiet'}
          aria-pressed={port === shown}
          onClick={() => onChoose(port)}
        >
          <span className="font-mono">{port}</span> {container}
        </Button>
      ))}
    </fieldset>
  );
}
