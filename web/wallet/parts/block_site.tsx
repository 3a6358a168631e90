import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { Failure } from './notice.tsx';
import { useWords } from '../words/use_words.tsx';

/** A no for good: the site is disconnected and asks nothing more until it is unblocked (Sites). */
export function BlockSite({ origin, onDone }: { origin: string | null; onDone(): void }) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  if (origin === null) return null;
  const block = async () => {
    if (await run(() => wallet.blockSite({ origin }))) onDone();
  };
  return (
    <>
      <Button kind="plain" busy={busy} onClick={() => void block()} data-testid="block-site">
        {say('approval.blockSite')}
      </Button>
      <Failure failure={failure} />
    </>
  );
}
