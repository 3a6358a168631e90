// What comes first: no answer yet, no wallet yet, locked, a request, or the wallet itself.
import { useEffect } from 'react';
import { useHost, useSnapshot } from './model/use_wallet.tsx';
import { useRoute } from './model/router.ts';
import { EngineNotice } from './parts/engine_notice.tsx';
import { Logo } from './parts/icons.tsx';
import { Spinner } from './parts/notice.tsx';
import { ApprovalWindow } from './screens/approval_window.tsx';
import { FirstRun } from './screens/first_run.tsx';
import { Forgot } from './screens/forgot.tsx';
import { Shell } from './screens/shell.tsx';
import { Unlock } from './screens/unlock.tsx';
import { useWords } from './words/use_words.tsx';

const TOUCH_EVERY_MS = 10_000;

/** Pointer and keys put the lock off. */
function useTouch(unlocked: boolean): void {
  const { vault } = useHost();
  useEffect(() => {
    if (!unlocked) return;
    let last = 0;
    const touch = () => {
      if (Date.now() - last < TOUCH_EVERY_MS) return;
      last = Date.now();
      vault.touch({}).catch(() => undefined);
    };
    addEventListener('pointerdown', touch);
    addEventListener('keydown', touch);
    return () => {
      removeEventListener('pointerdown', touch);
      removeEventListener('keydown', touch);
    };
  }, [unlocked, vault]);
}

function Starting() {
  const { say } = useWords();
  return (
    <main className="starting" data-testid="screen-starting">
      <Logo size={64} />
      <Spinner label={say('app.starting')} />
    </main>
  );
}

export function App() {
  return (
    <>
      <EngineNotice />
      <Place />
    </>
  );
}

function Place() {
  const { state, vault, drafts } = useSnapshot();
  const { view } = useHost();
  const { path } = useRoute();
  const theme = state?.settings.theme ?? 'system';
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useTouch(vault?.status === 'unlocked');
  if (!state || !vault || !drafts || vault.status === 'starting') return <Starting />;
  if (vault.status === 'empty') return <FirstRun path={path} />;
  if (vault.status === 'locked') return path[0] === 'forgot' ? <Forgot /> : <Unlock />;
  if (view.page === 'approval') return <ApprovalWindow id={view.id} />;
  return <Shell path={path} />;
}
