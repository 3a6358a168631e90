// No wallet in this browser yet. A popup closes when it loses the focus, and a phrase must not be
// lost with it: making and restoring happen in a tab.
import { useGo } from '../model/router.ts';
import { useHost } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Logo } from '../parts/icons.tsx';
import { useHeading } from '../parts/page.tsx';
import { CreateWallet } from './create_wallet.tsx';
import { RestoreFile } from './restore_file.tsx';
import { RestorePhrase } from './restore_phrase.tsx';

export function FirstRun({ path: [first, second] }: { path: string[] }) {
  const go = useGo();
  const { view, openTab, close } = useHost();
  const elsewhere = view.page === 'popup' || view.page === 'approval';
  const start = (to: string) => {
    if (!elsewhere) return go(to);
    openTab(to);
    close();
  };
  let screen = <Welcome start={start} />;
  if (first === 'create') screen = <CreateWallet />;
  if (first === 'restore') screen = second === 'file' ? <RestoreFile /> : <RestorePhrase />;
  return <main className="alone">{screen}</main>;
}

function Welcome({ start }: { start(to: string): void }) {
  const heading = useHeading('Welcome');
  return (
    <section className="page welcome" data-testid="screen-welcome">
      <Logo size={72} />
      <h1 ref={heading} tabIndex={-1}>
        Mica
      </h1>
      <p className="lead">
        A Linera wallet that is its own node: it checks every certificate itself, and your keys
        never leave this browser.
      </p>
      <div className="stack">
        <Button onClick={() => start('/create')} data-testid="create-wallet">
          Make a new wallet
        </Button>
        <Button kind="quiet" onClick={() => start('/restore')} data-testid="restore-phrase">
          Restore from a phrase
        </Button>
        <Button kind="plain" onClick={() => start('/restore/file')} data-testid="restore-file">
          Restore from a backup file
        </Button>
      </div>
    </section>
  );
}
