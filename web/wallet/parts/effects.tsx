// What executing exactly this block did here: balances, messages, fees; the block itself below.
import type { EffectsView } from '@mica/wallet-contract/api';
import type { BlockApproval } from '../model/approval.ts';
import { ownerName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { CopyButton, Hash } from './hash.tsx';
import { Money } from './money.tsx';
import { MessageSentence } from './operations/lines.tsx';
import { ChainName } from './operations/names.tsx';
import { Card, Facts } from './page.tsx';
import { Say, useWords } from '../words/use_words.tsx';

export function EffectsTable({
  approval,
  effects,
}: {
  approval: BlockApproval;
  effects: EffectsView;
}) {
  const words = useWords();
  const { say } = words;
  const { vault } = useWallet();
  return (
    <div data-testid="effects">
      <Balances effects={effects} />
      <Card>
        <Facts
          rows={[
            [
              say('effects.fees'),
              <Money key="fees" attos={effects.fees} whole data-testid="effects-fees" />,
            ],
            [
              say('fact.chain'),
              <span key="chain">
                <ChainName id={approval.chainId} /> <Hash id={approval.chainId} what="chain" />
              </span>,
            ],
            [
              say('fact.signer'),
              <span key="signer">
                {ownerName(approval.signer, vault.accounts, words)}{' '}
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

function Balances({ effects }: { effects: EffectsView }) {
  const words = useWords();
  const { say } = words;
  const { vault } = useWallet();
  // An account that had nothing and gets nothing is no news.
  const shown = effects.balances.filter(({ before, after }) => before > 0n || after > 0n);
  return shown.map(({ owner, before, after }) => (
    <Card
      key={owner}
      title={say('effects.beforeAfter', { account: ownerName(owner, vault.accounts, words) })}
      data-testid="effects-balance"
      data-owner={owner}
    >
      <Facts
        rows={[
          [say('effects.before'), <Money key="before" attos={before} unit={false} whole />],
          [
            say('effects.after'),
            <b key="after">
              <Money attos={after} unit={false} whole />
            </b>,
          ],
          [
            say('effects.difference'),
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
  const { say } = useWords();
  const { messages, openedChains, publishedBlobs } = effects;
  return (
    <>
      {messages.length > 0 && (
        <Card title={say('effects.messages')}>
          <ul className="lines">
            {messages.map((line, at) => (
              <li key={at} data-testid="effects-message">
                <MessageSentence line={line} /> <span className="soft">→</span>{' '}
                <Hash id={line.destination} what="chain" copy={false} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {openedChains.length + publishedBlobs.length > 0 && (
        <Card title={say('effects.makes')}>
          <ul className="lines">
            {openedChains.map((id) => (
              <li key={id}>
                <Say id="effects.chain" values={{ id: <Hash id={id} what="chain" /> }} />
              </li>
            ))}
            {publishedBlobs.map((id) => (
              <li key={id}>
                <Say id="effects.blob" values={{ id: <BlobId id={id} /> }} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** "Data:7c2f…": its kind, and its hash. */
function BlobId({ id }: { id: string }) {
  const [kind, hash = ''] = id.split(':', 2);
  return (
    <>
      {kind} <Hash id={hash} what="blob" />
    </>
  );
}

function Raw({ effects }: { effects: EffectsView }) {
  const { say } = useWords();
  return (
    <details className="raw-details" data-testid="effects-raw">
      <summary>{say('effects.raw')}</summary>
      <Facts
        rows={[
          [say('fact.height'), `${effects.height}`],
          [say('fact.blockHash'), <Hash key="hash" id={effects.blockHash} what="block" />],
        ]}
      />
      <CopyButton text={effects.raw} label={say('effects.copy')} words={say('do.copy')} />
      <pre className="raw" tabIndex={0}>
        {effects.raw}
      </pre>
    </details>
  );
}
