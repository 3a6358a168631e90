import { BlockSite } from './block_site.tsx';
import { Button } from './button.tsx';
import { useWords } from '../words/use_words.tsx';

interface Answer {
  busy?: boolean;
  disabled?: boolean;
  onClick(): void;
}

/** The foot of every approval: no, a no for good to a site, and yes. */
export function Answers(props: {
  origin: string | null;
  /** After the site was blocked. */
  onDone(): void;
  reject: Answer;
  yes: Answer & { label: string };
}) {
  const { say } = useWords();
  const { origin, onDone, reject } = props;
  const { label, ...yes } = props.yes;
  return (
    <div className="answers">
      <Button kind="quiet" {...reject} data-testid="reject">
        {say('approval.reject')}
      </Button>
      <BlockSite origin={origin} onDone={onDone} />
      <Button {...yes} data-testid="approve">
        {label}
      </Button>
    </div>
  );
}
