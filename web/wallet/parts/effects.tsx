// What executing exactly this block did here: balances, messages, fees; the block itself below.
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import type { ApprovalWarning, EffectsView } from '@mica/wallet-contract/api';
import type { TransferApproval } from '../model/approval.ts';
import { chainName, ownerName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Check } from './field.tsx';
import { CopyButton, Hash, Sentence, WholeAccount } from './hash.tsx';
import { Money } from './money.tsx';
import { Notice } from './notice.tsx';
import { Card, Facts } from './page.tsx';

export function Warnings({
  warnings,
  ticked,
  onTick,
}: {
  warnings: ApprovalWarning[];
  ticked: ReadonlySet<string>;
  onTick(code: string, on: boolean): void;
}) {
  return warnings.map(({ code, level, text }) =>
    level === 'note' ? (
      <Notice key={code} tone="wait" data-testid={`warning-${code}`}>
        {text}
      </Notice>
    ) : (
      <Notice key={code} tone="bad" title="Danger" data-testid={`warning-${code}`}>
        <p>{text}</p>
        <Check
          label="I understand and want it all the same"
          checked={ticked.has(code)}
          onChange={(on) => onTick(code, on)}
          data-testid="danger-yes"
        />
      </Notice>
    ),
  );
}

/** What is approved, in a sentence with the names that this wallet has. */
export function TransferSentence({ approval }: { approval: TransferApproval }) {
  const { vault } = useWallet();
  const nameOf = useChainNames();
  const { amount, chainId, source, recipient } = approval;
  const named = (owner: string, chain: string) => {
    const name = nameOf(chain) ?? `chain ${shorten(chain)}`;
    return owner === CHAIN_OWNER ? name : `${ownerName(owner, vault.accounts)} on ${name}`;
  };
  const to = named(recipient.owner, recipient.chainId);
  return (
    <>
      {approval.resumed && 'Go on with what was signed: '}
      Send <Money attos={amount} whole /> from <Sentence text={named(source, chainId)} /> to{' '}
      <Sentence text={to} />.
    </>
  );
}

/** A chain of this wallet by its label; null for anybody else's. */
function useChainNames(): (chainId: string) => string | null {
  const { state } = useWallet();
  return (chainId) => {
    const chain = state.chains.find((one) => one.chainId === chainId);
    return chain ? chainName(chain) : null;
  };
}

export function Recipient({ approval: { recipient } }: { approval: TransferApproval }) {
  const { vault } = useWallet();
  const nameOf = useChainNames();
  const account = vault.accounts.find(({ owner }) => owner === recipient.owner);
  const chain = nameOf(recipient.chainId);
  return (
    <Card title="To">
      <WholeAccount
        account={recipient}
        names={{ owner: account?.label ?? null, chain: chain && `Your chain ${chain}` }}
        data-testid="approval-recipient"
      />
    </Card>
  );
}

export function EffectsTable({
  approval,
  effects,
}: {
  approval: TransferApproval;
  effects: EffectsView;
}) {
  const { vault } = useWallet();
  return (
    <div data-testid="effects">
      <Balances effects={effects} />
      <Card>
        <Facts
          rows={[
            ['Fees', <Money key="fees" attos={effects.fees} whole data-testid="effects-fees" />],
            ['From', <FromChain key="from" chainId={approval.chainId} />],
            [
              'Signed by',
              <span key="signer">
                {ownerName(approval.signer, vault.accounts)}{' '}
                <Hash id={approval.signer} what="owner" />
              </span>,
            ],
          ]}
        />
      </Card>
      <Messages effects={effects} />
      <Raw effects={effects} />
    </div>
  );
}

function FromChain({ chainId }: { chainId: string }) {
  const name = useChainNames()(chainId);
  return (
    <>
      {name && `${name} `}
      <Hash id={chainId} what="chain id" />
    </>
  );
}

function Balances({ effects }: { effects: EffectsView }) {
  const { vault } = useWallet();
  // An account that had nothing and gets nothing is no news.
  const shown = effects.balances.filter(({ before, after }) => before > 0n || after > 0n);
  return shown.map(({ owner, before, after }) => (
    <Card
      key={owner}
      title={`${ownerName(owner, vault.accounts)}, before and after`}
      data-testid="effects-balance"
      data-owner={owner}
    >
      <Facts
        rows={[
          ['Before', <Money key="before" attos={before} unit={false} whole />],
          [
            'After',
            <b key="after">
              <Money attos={after} unit={false} whole />
            </b>,
          ],
          [
            'Difference',
            <span key="change" data-direction={after < before ? 'out' : 'in'}>
              <Money attos={after - before} sign unit={false} whole />
            </span>,
          ],
        ]}
      />
    </Card>
  ));
}

function Messages({ effects }: { effects: EffectsView }) {
  const { messages, openedChains, publishedBlobs } = effects;
  return (
    <>
      {messages.length > 0 && (
        <Card title="Messages it sends">
          <ul className="lines">
            {messages.map(({ destination, text }, at) => (
              <li key={at} data-testid="effects-message">
                {text} <span className="soft">→ chain</span>{' '}
                <Hash id={destination} what="chain id" copy={false} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {openedChains.length + publishedBlobs.length > 0 && (
        <Card title="It also makes">
          <ul className="lines">
            {openedChains.map((id) => (
              <li key={id}>
                a chain <Hash id={id} what="chain id" />
              </li>
            ))}
            {publishedBlobs.map((id) => (
              <li key={id}>
                a blob <Hash id={id} what="blob id" />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Raw({ effects }: { effects: EffectsView }) {
  return (
    <details className="raw-details" data-testid="effects-raw">
      <summary>The block itself</summary>
      <Facts
        rows={[
          ['Height', effects.height.toString()],
          ['Block hash', <Hash key="hash" id={effects.blockHash} what="block hash" />],
        ]}
      />
      <CopyButton text={effects.raw} label="Copy the block" words="Copy" />
      <pre className="raw" tabIndex={0}>
        {effects.raw}
      </pre>
    </details>
  );
}
