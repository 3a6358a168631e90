import { useState } from 'react';
import type { ChainState } from '@mica/wallet-contract/api';
import { useGo } from '../model/router.ts';
import { chainName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/field.tsx';
import { useCopied } from '../parts/hash.tsx';
import { Empty } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Qr } from '../parts/qr.tsx';

type Form = 'chain' | 'owner';

export function Receive() {
  const go = useGo();
  const { chain } = useWallet();
  return (
    <Page id="receive" title="Receive" back="/">
      {chain?.owner && <Address chain={chain} />}
      {chain && !chain.owner && (
        <Empty icon="receive" title="You only follow this chain">
          <p>What is sent there is not yours: no account of this wallet owns it.</p>
          <Button onClick={() => go('/chains')}>Choose a chain</Button>
        </Empty>
      )}
      {!chain && (
        <Empty icon="receive" title="No chain yet">
          <Button onClick={() => go('/claim')}>Get a chain</Button>
        </Empty>
      )}
    </Page>
  );
}

function Address({ chain }: { chain: ChainState }) {
  const [form, setForm] = useState<Form>('chain');
  const [copied, copy] = useCopied();
  const { chainId, owner } = chain;
  const text = form === 'owner' && owner ? `${owner}@${chainId}` : chainId;
  return (
    <>
      <p className="lead">Others send to this address of {chainName(chain)}:</p>
      <Qr text={text} label={`QR code of ${text}`} />
      <p className="address mono" data-testid="receive-address">
        {text}
      </p>
      <Button
        icon={copied ? 'check' : 'copy'}
        onClick={() => copy(text)}
        data-testid="receive-copy"
      >
        {copied ? 'Copied' : 'Copy the address'}
      </Button>
      {owner && (
        <Choice<Form>
          label="Form of the address"
          value={form}
          options={[
            ['chain', "Chain id: to the chain's balance"],
            ['owner', 'owner@chain: to your account on it'],
          ]}
          onChange={setForm}
          data-testid="receive-form"
        />
      )}
    </>
  );
}
