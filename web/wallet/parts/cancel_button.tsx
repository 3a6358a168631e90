import { useHost } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { useWords } from '../words/use_words.tsx';

/** Beside what takes its time with a password: a file may ask for much more than ours do. */
export function CancelButton() {
  const { say } = useWords();
  const { vault } = useHost();
  return (
    <Button kind="plain" onClick={() => void vault.cancel({})} data-testid="cancel">
      {say('do.cancel')}
    </Button>
  );
}
