import { useState } from 'react';
import type { ChainView } from '@mica/wallet-contract/api';
import { useGo } from '../model/router.ts';
import { chainName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/field.tsx';
import { useCopied } from '../parts/hash.tsx';
import { Empty } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Qr } from '../parts/qr.tsx';
import { useWords } from '../words/use_words.tsx';

type Form = 'chain' | 'owner';

export function Receive() {
  const { say } = useWords();
  const go = useGo();
  const { chain } = useWallet();
  return (
    <Page id="receive" back="/">
      {chain?.owner && <Address chain={chain} />}
      {chain && !chain.owner && (
        <Empty icon="receive" title={say('receive.followed')}>
          <p>{say('receive.followedText')}</p>
          <Button onClick={() => go('/chains')}>{say('send.choose')}</Button>
        </Empty>
      )}
      {!chain && (
        <Empty icon="receive" title={say('home.noChain')}>
          <Button onClick={() => go('/claim')}>{say('home.getChain')}</Button>
        </Empty>
      )}
    </Page>
  );
}

function Address({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const [form, setForm] = useState<Form>('chain');
  const [copied, copy] = useCopied();
  const { chainId, owner } = chain;
  const text = form === 'owner' && owner ? `${owner}@${chainId}` : chainId;
  return (
    <>
      <p className="lead">{say('receive.lead', { chain: chainName(chain) })}</p>
      <Qr text={text} label={say('receive.qr', { address: text })} />
      <p className="address mono" data-testid="receive-address">
        {text}
      </p>
      <Button
        icon={copied ? 'check' : 'copy'}
        onClick={() => copy(text)}
        data-testid="receive-copy"
      >
        {copied ? say('said.copied') : say('receive.copy')}
      </Button>
      {owner && (
        <Choice<Form>
          label={say('receive.form')}
          value={form}
          options={[
            ['chain', say('receive.formChain')],
            ['owner', say('receive.formOwner')],
          ]}
          onChange={setForm}
          data-testid="receive-form"
        />
      )}
    </>
  );
}
