// What executing exactly this block did here: balances, messages, fees; the block itself below.
import type { ApprovalWarning, EffectsView } from '../../../js-bindings/src/wallet/api.ts';
import type { TransferApproval } from '../model/approval.ts';
import { chainName, ownerName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Check } from './field.tsx';
import { CopyButton, Hash } from './hash.tsx';
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

export function EffectsTable({
  approval,
  effects,
}: {
  approval: TransferApproval;
  effects: EffectsView;
}) {
  return (
    <div data-testid="effects">
      <Balances effects={effects} />
      <Card>
        <Facts
          rows={[
            ['Fees', <Money key="fees" attos={effects.fees} whole data-testid="effects-fees" />],
            [
              'To',
              <Hash
                key="to"
                id={
                  approval.recipient.owner === '0x00'
                    ? approval.recipient.chainId
                    : `${approval.recipient.owner}@${approval.recipient.chainId}`
                }
                what="recipient"
                data-testid="approval-recipient"
              />,
            ],
            ['From', <FromChain key="from" chainId={approval.chainId} />],
            ['Signed by', <Hash key="signer" id={approval.signer} what="owner" />],
          ]}
        />
      </Card>
      <Messages effects={effects} />
      <Raw effects={effects} />
    </div>
  );
}

function FromChain({ chainId }: { chainId: string }) {
  const { state } = useWallet();
  const chain = state.chains.find((one) => one.chainId === chainId);
  return (
    <>
      {chain?.label && `${chainName(chain)} `}
      <Hash id={chainId} what="chain id" />
    </>
  );
}

function Balances({ effects }: { effects: EffectsView }) {
  const { vault } = useWallet();
  // An account that had nothing and gets nothing is no news.
  const shown = effects.balances.filter(({ before, after }) => before > 0n || after > 0n);
  return (
    <table className="balances">
      <caption className="unseen">Balances before and after</caption>
      <thead>
        <tr>
          <th scope="col">Balance</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ owner, before, after }) => (
          <tr key={owner} data-testid="effects-balance" data-owner={owner}>
            <th scope="row">{ownerName(owner, vault.accounts)}</th>
            <td>
              <Money attos={before} unit={false} whole />
            </td>
            <td>
              <b>
                <Money attos={after} unit={false} whole />
              </b>
              <small data-direction={after < before ? 'out' : 'in'}>
                <Money attos={after - before} sign unit={false} whole />
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
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
