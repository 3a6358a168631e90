// Chains, accounts and applications by the names that this wallet has; else by shortened ids.
import { CHAIN_OWNER, accountOf } from '@mica/wallet-contract/addresses';
import type { ChainIdText, OwnerText } from '@mica/wallet-contract/api';
import type { Account, AccountOwner } from '@mica/bindings/types';
import { chainIdToText, ownerToText } from '@mica/bindings/text';
import { chainName } from '../../model/texts.ts';
import { useWallet } from '../../model/use_wallet.tsx';
import { Say, useWords } from '../../words/use_words.tsx';
import { CopyButton, Groups, Short } from '../hash.tsx';
import { Card } from '../page.tsx';

/** A chain of this wallet by its label; null for anybody else's. */
function useChainLabel(chainId: ChainIdText): string | null {
  const { state } = useWallet();
  const chain = state.chains.find((one) => one.chainId === chainId);
  return chain ? chainName(chain) : null;
}

export function ChainName({ id }: { id: ChainIdText }) {
  const label = useChainLabel(id);
  return label ?? <Say id="name.chain" values={{ id: <Short key="id" id={id} /> }} />;
}

export function OwnerName({ owner }: { owner: AccountOwner }) {
  const { vault } = useWallet();
  const { say } = useWords();
  const text = ownerToText(owner);
  if (text === CHAIN_OWNER) return say('name.chainBalance');
  return vault.accounts.find((one) => one.owner === text)?.label || <Short id={text} />;
}

/** The chain alone when its own balance is meant. */
export function AccountName({ owner, chainId }: { owner: AccountOwner; chainId: ChainIdText }) {
  if (ownerToText(owner) === CHAIN_OWNER) return <ChainName id={chainId} />;
  return (
    <Say
      id="name.ownerOnChain"
      values={{ owner: <OwnerName owner={owner} />, chain: <ChainName id={chainId} /> }}
    />
  );
}

export function Recipient({ account }: { account: Account }) {
  const { say } = useWords();
  const [owner, chainId] = [ownerToText(account.owner), chainIdToText(account.chain_id)];
  const text = accountOf({ owner, chainId });
  const copy = (
    <CopyButton text={text} label={say('operation.Transfer.copy')} words={say('do.copy')} />
  );
  return (
    <Card title={say('operation.Transfer.to')} side={copy}>
      <WholeAccount owner={owner} chainId={chainId} />
    </Card>
  );
}

/** Who gets the money: whole, with the names that this wallet has for it. */
function WholeAccount({ owner, chainId }: { owner: OwnerText; chainId: ChainIdText }) {
  const { vault } = useWallet();
  const { say } = useWords();
  const label = useChainLabel(chainId);
  const account = vault.accounts.find((one) => one.owner === owner);
  const text = accountOf({ owner, chainId });
  const chain = label ? say('operation.Transfer.yourChain', { chain: label }) : say('fact.chain');
  const isOwned = owner !== CHAIN_OWNER;
  return (
    <div className="whole-account" data-full={text} data-testid="approval-recipient">
      {isOwned && (
        <p>
          <b>{account?.label ?? say('fact.owner')}</b> <Groups id={owner} />
        </p>
      )}
      <p>
        <b>{isOwned ? say('operation.Transfer.on', { chain }) : chain}</b> <Groups id={chainId} />
      </p>
    </div>
  );
}
