'use client';
import { useSay } from '../../_i18n/language';
import { Button, Panel } from '../../_ui';

/** The class as it is now, to keep: made in this browser, asked of nobody. */
export function ExportClass({
  name,
  onCsv,
  onJson,
}: {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly onCsv: () => string;
  readonly onJson: () => string;
}) {
  const say = useSay();
  return (
    <Panel title={say('export.title')} note={say('export.note')}>
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => save(`${name}.csv`, 'text/csv', onCsv())}>
          {say('export.csv')}
        </Button>
        <Button small onClick={() => save(`${name}.json`, 'application/json', onJson())}>
          {say('export.json')}
        </Button>
      </div>
    </Panel>
  );
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
