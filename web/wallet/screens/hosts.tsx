// Hosts outside that applications may have the wallet ask, each with a way to take that back.
import { shorten } from '@mica/wallet-contract/addresses';
import type { HostState } from '@mica/wallet-contract/api';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Empty, Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

export function HostsScreen() {
  const { say } = useWords();
  const { hosts } = useWallet().state;
  return (
    <Page id="hosts" back="/settings">
      {hosts.length === 0 ? (
        <Empty icon="globe" title={say('hosts.none')}>
          <p>{say('hosts.noneText')}</p>
        </Empty>
      ) : (
        <p className="soft">{say('hosts.lead')}</p>
      )}
      <ul className="list">
        {hosts.map((host) => (
          <Host key={`${host.network} ${host.origin}`} host={host} />
        ))}
      </ul>
    </Page>
  );
}

function Host({ host: { network, origin, allowedAt } }: { host: HostState }) {
  const words = useWords();
  const { say } = words;
  const { wallet, state } = useWallet();
  const its = state.networks.find(({ genesisHash }) => genesisHash === network);
  const name = its?.name ?? shorten(network);
  const { run, busy, failure } = useAction();
  return (
    <li>
      <div className="list-item wrap" data-testid="host-row" data-origin={origin}>
        <span className="list-main">
          <b title={origin}>{origin}</b>
          <small>
            {say('hosts.row', { network: name, ago: words.timeAgo(allowedAt, Date.now()) })}
          </small>
        </span>
        <Button
          kind="quiet"
          busy={busy}
          aria-label={say('hosts.forgetNamed', { host: origin })}
          onClick={() => void run(() => wallet.forgetHost({ network, origin }))}
          data-testid="host-forget"
        >
          {say('hosts.forget')}
        </Button>
      </div>
      <Failure failure={failure} />
    </li>
  );
}
