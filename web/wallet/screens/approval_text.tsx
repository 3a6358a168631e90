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

type SignRequest = Extract<Approval, { kind: 'signMessage' }>;

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
export function SignApproval({ approval, onDone }: { approval: SignRequest; onDone(): void }) {
  const { wallet, keys, state } = useWallet();
  const { id, owner, domain, text } = approval;
  const armed = useArmed(id);
  const [seen, watch] = useSeenToTheEnd();
  const { run, busy, failure } = useAction();
  const genesis = state.network?.genesisHash ?? null;
  const signIn = readSignIn(text, domain, genesis, Date.now());
  const answer = async (act: () => Promise<unknown>) => {
    if (await run(act)) onDone();
  };
  const sign = async () => {
    const { signature } = await keys.signText({ owner, domain, text });
    await wallet.approveSignMessage({ id, signature });
  };
  return (
    <Page
      id="sign"
      title="Sign a message"
      foot={
        <>
          {!seen && <p className="hint">Read the text to its end, then you can sign it.</p>}
          <Answers
            origin={approval.origin}
            onDone={onDone}
            reject={{ disabled: busy, onClick: () => void answer(() => wallet.reject({ id })) }}
            yes={{
              label: 'Sign',
              busy,
              disabled: !armed || !seen,
              onClick: () => void answer(sign),
            }}
          />
        </>
      }
    >
      <Asker origin={approval.origin} asks="asks you to sign this text, to show who you are." />
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
      <Notice>This moves no money and signs no block.</Notice>
    </Page>
  );
}

function SignFacts({ approval, signIn }: { approval: SignRequest; signIn: SignIn }) {
  const { vault } = useWallet();
  const { domain, owner } = approval;
  const fact = (name: string, value: string | null) =>
    value === null ? null : ([name, foreignText(value)] as const);
  return (
    <Card>
      <Facts
        rows={[
          ['Page', domain],
          fact('Signs in at', signIn.uri),
          fact('Chain id in it', signIn.chainId),
          fact('Valid from', signIn.notBefore),
          ['Valid until', signIn.expires === null ? 'no end' : foreignText(signIn.expires)],
          ['Signed by', ownerName(owner, vault.accounts)],
          ['Owner', <Hash key="owner" id={owner} what="owner" />],
        ]}
      />
    </Card>
  );
}
