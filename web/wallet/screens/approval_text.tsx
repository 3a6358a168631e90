import { useCallback, useState } from 'react';
import type { Approval } from '@mica/wallet-contract/api';
import { foreignLines, foreignText } from '@mica/wallet-contract/foreign_text';
import { readSignIn, type SignIn } from '../model/sign_in.ts';
import { ownerName } from '../model/texts.ts';
import { useArmed } from '../model/use_approval.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Asker } from '../parts/asker.tsx';
import { Answers } from '../parts/answers.tsx';
import { Hash } from '../parts/hash.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

type TextApproval = Extract<Approval, { kind: 'text' }>;

/** Whether the end of the text has been in sight; `watch` goes on an element behind it. */
function useSeenToTheEnd(): [boolean, (end: Element | null) => (() => void) | undefined] {
  const [seen, setSeen] = useState(false);
  const watch = useCallback((end: Element | null) => {
    if (!end) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(end);
    return () => observer.disconnect();
  }, []);
  return [seen, watch];
}

/** Sign-in text. The vault checks once more that it names the page it comes from. */
export function TextRequest({ approval, onDone }: { approval: TextApproval; onDone(): void }) {
  const words = useWords();
  const { say } = words;
  const { wallet, keys, state } = useWallet();
  const { id, owner, domain, text } = approval;
  const armed = useArmed(id);
  const [seen, watch] = useSeenToTheEnd();
  const { run, busy, failure } = useAction();
  const genesis = state.network?.genesisHash ?? null;
  const signIn = readSignIn(text, domain, genesis, Date.now(), words);
  const answer = async (act: () => Promise<unknown>) => {
    if (await run(act)) onDone();
  };
  const sign = async () => {
    const { signature } = await keys.signText({ owner, domain, text });
    await wallet.approveText({ id, signature });
  };
  return (
    <Page
      id="sign"
      title={say('sign.title')}
      foot={
        <>
          {!seen && <p className="hint">{say('sign.toTheEnd')}</p>}
          <Answers
            origin={approval.origin}
            onDone={onDone}
            reject={{ disabled: busy, onClick: () => void answer(() => wallet.reject({ id })) }}
            yes={{
              label: say('sign.yes'),
              busy,
              disabled: !armed || !seen,
              onClick: () => void answer(sign),
            }}
          />
        </>
      }
    >
      <Asker origin={approval.origin} asks="text" />
      <Failure failure={failure} />
      {signIn.problems.map((problem) => (
        <Notice key={problem} tone="bad" data-testid="sign-problem">
          {foreignText(problem)}
        </Notice>
      ))}
      <Card>
        <pre className="message" tabIndex={0} data-testid="sign-text">
          {foreignLines(text)}
          <span ref={watch} className="end" />
        </pre>
      </Card>
      <SignFacts approval={approval} signIn={signIn} />
      <Notice>{say('sign.harmless')}</Notice>
    </Page>
  );
}

function SignFacts({ approval, signIn }: { approval: TextApproval; signIn: SignIn }) {
  const words = useWords();
  const { say } = words;
  const { vault } = useWallet();
  const { domain, owner } = approval;
  const fact = (name: string, value: string | null) =>
    value === null ? null : ([name, foreignText(value)] as const);
  return (
    <Card>
      <Facts
        rows={[
          [say('sign.page'), domain],
          fact(say('sign.uri'), signIn.uri),
          fact(say('sign.chainId'), signIn.chainId),
          fact(say('sign.from'), signIn.notBefore),
          [
            say('sign.until'),
            signIn.expires === null ? say('sign.noEnd') : foreignText(signIn.expires),
          ],
          [say('fact.signer'), ownerName(owner, vault.accounts, words)],
          [say('fact.owner'), <Hash key="owner" id={owner} what="owner" />],
        ]}
      />
    </Card>
  );
}
