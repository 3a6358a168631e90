import { useNow, useSnapshot } from '../model/use_wallet.tsx';
import { Notice } from './notice.tsx';
import { useWords } from '../words/use_words.tsx';

/** The engine has stopped: what is shown is as old as that. Above every screen. */
export function EngineNotice() {
  const words = useWords();
  const { say } = words;
  const retryAt = useSnapshot().vault?.engineRetryAt ?? null;
  const now = useNow(retryAt);
  if (retryAt === null) return null;
  return (
    <Notice tone="wait" title={say('engine.title')} data-testid="engine-stopped">
      <p>
        {retryAt > now
          ? say('engine.later', { time: words.wait(retryAt - now) })
          : say('engine.now')}
      </p>
    </Notice>
  );
}
