// A forgotten password: nobody can reset it, but the phrase or a backup file makes the wallet anew
// in place of the locked one.
import { useState } from 'react';
import { useGo } from '../model/router.ts';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';
import { RestoreFile } from './restore_file.tsx';
import { RestorePhrase } from './restore_phrase.tsx';

export function Forgot() {
  // Not in the address: nothing leads past the question.
  const [way, setWay] = useState<'phrase' | 'file' | null>(null);
  const back = () => setWay(null);
  return (
    <main className="alone">
      {way === null && <Ask onWay={setWay} />}
      {way === 'phrase' && <RestorePhrase replace onBack={back} />}
      {way === 'file' && <RestoreFile replace onBack={back} />}
    </main>
  );
}

function Ask({ onWay }: { onWay(way: 'phrase' | 'file'): void }) {
  const { say } = useWords();
  const go = useGo();
  const [sure, setSure] = useState(false);
  return (
    <Page
      id="forgot"
      title={say('forgot.title')}
      back={() => go('/')}
      lead={say('forgot.lead')}
      foot={
        <>
          <Button disabled={!sure} onClick={() => onWay('phrase')} data-testid="forgot-phrase">
            {say('welcome.phrase')}
          </Button>
          <Button
            kind="quiet"
            disabled={!sure}
            onClick={() => onWay('file')}
            data-testid="forgot-file"
          >
            {say('welcome.file')}
          </Button>
        </>
      }
    >
      <Notice tone="bad" title={say('forgot.warning')}>
        <p>{say('forgot.same')}</p>
        <p>{say('forgot.other')}</p>
        <p>{say('forgot.neither')}</p>
      </Notice>
      <Check
        label={say('forgot.sure')}
        checked={sure}
        onChange={setSure}
        data-testid="forgot-sure"
      />
    </Page>
  );
}
