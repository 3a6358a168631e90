// No wallet in this browser yet.
import { find, place } from '../model/places.ts';
import { Screen, useGo } from '../model/router.ts';
import { useTab } from '../model/use_tab.ts';
import { Button } from '../parts/button.tsx';
import { Logo } from '../parts/icons.tsx';
import { useHeading } from '../parts/page.tsx';
import { CreateWallet } from './create_wallet.tsx';
import { RestoreFile } from './restore_file.tsx';
import { RestorePhrase } from './restore_phrase.tsx';
import { useWords } from '../words/use_words.tsx';

const places = [
  place({ path: '/', title: 'welcome.title', screen: () => <Welcome /> }),
  place({ path: '/create', title: 'create.title', screen: () => <CreateWallet /> }),
  place({ path: '/restore', title: 'restore.title', screen: () => <RestorePhrase /> }),
  place({ path: '/restore/file', title: 'restoreFile.title', screen: () => <RestoreFile /> }),
];

export function FirstRun({ path }: { path: string[] }) {
  const found = find(places, path);
  return (
    <main className="alone">
      <Screen key={found.place.path} title={found.place.title}>
        {found.place.screen(found.parts)}
      </Screen>
    </main>
  );
}

function Welcome() {
  const go = useGo();
  const { mustLeave, inTab } = useTab();
  const start = mustLeave ? inTab : go;
  const { say } = useWords();
  const heading = useHeading(say('welcome.title'));
  return (
    <section className="page welcome" data-testid="screen-welcome">
      <Logo size={72} />
      <h1 ref={heading} tabIndex={-1}>
        {say('app.name')}
      </h1>
      <p className="lead">{say('welcome.lead')}</p>
      <div className="stack">
        <Button onClick={() => start('/create')} data-testid="create-wallet">
          {say('welcome.create')}
        </Button>
        <Button kind="quiet" onClick={() => start('/restore')} data-testid="restore-phrase">
          {say('welcome.phrase')}
        </Button>
        <Button kind="plain" onClick={() => start('/restore/file')} data-testid="restore-file">
          {say('welcome.file')}
        </Button>
      </div>
    </section>
  );
}
