'use client';
import { useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Dialog } from '../../_ui';

/** Back by one command, or back to the beginning; the second one asks first. */
export function UndoButtons({ onUndo, onReset }: { readonly onUndo: () => void; readonly onReset: () => void }) {
  const say = useSay();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button small look="quiet" onClick={onUndo} title={say('undo.more')}>
        {say('undo.undo')}
      </Button>
      <Button small look="quiet" onClick={() => setAsked(true)}>
        {say('undo.reset')}
      </Button>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        closeLabel={say('close')}
        title={say('undo.resetTitle')}
        description={say('undo.resetMore')}
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsked(false)}>{say('cancel')}</Button>
          <Button
            look="danger"
            onClick={() => {
              setAsked(false);
              onReset();
            }}
          >
            {say('undo.reset')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
