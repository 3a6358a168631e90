import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { useWords } from '../words/use_words.tsx';

/** The words in order; hidden until asked for, because of who may look over the shoulder. */
export function PhraseWords({
  words,
  shown,
  onShow,
}: {
  words: string[];
  shown: boolean;
  onShow(): void;
}) {
  const { say } = useWords();
  const list = useRef<HTMLOListElement>(null);
  // The button that had the focus has gone.
  useEffect(() => void (shown && list.current?.focus({ preventScroll: true })), [shown]);
  return (
    <div className="phrase" data-hidden={shown ? undefined : ''}>
      <ol ref={list} tabIndex={-1} aria-hidden={shown ? undefined : true}>
        {words.map((word, at) => (
          <li key={at}>
            <span className="phrase-at">{at + 1}</span>
            <span data-testid={shown ? 'phrase-word' : undefined} translate="no">
              {shown ? word : '•••••'}
            </span>
          </li>
        ))}
      </ol>
      {!shown && (
        <Button kind="quiet" icon="eye" onClick={onShow} data-testid="phrase-show">
          {say('phrase.showWords')}
        </Button>
      )}
    </div>
  );
}
