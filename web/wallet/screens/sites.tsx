import { useState } from 'react';
import type { SiteState } from '@mica/wallet-contract/api';
import { route, useGo } from '../model/router.ts';
import { count, fullTime, hostOf, timeAgo } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { ChainChecks } from '../parts/chain_checks.tsx';
import { Icon } from '../parts/icons.tsx';
import { Empty, Failure } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';

export function SitesScreen() {
  const { state } = useWallet();
  const sites = [...state.sites].sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  return (
    <Page id="sites" title="Connected sites">
      {sites.length === 0 && (
        <Empty icon="globe" title="No site is connected">
          <p>A page asks first; you choose which of your chains it sees.</p>
        </Empty>
      )}
      <ul className="list">
        {sites.map((site) => (
          <li key={site.origin}>
            <a
              className="list-item"
              href={`#${route('sites', site.origin)}`}
              data-testid="site-row"
              data-origin={site.origin}
            >
              <span className="round">
                <Icon name={site.origin.startsWith('http:') ? 'warning' : 'globe'} size={18} />
              </span>
              <span className="list-main">
                <b title={site.origin}>{hostOf(site.origin)}</b>
                <small>
                  {count(site.chainIds.length, 'chain')} · used{' '}
                  {timeAgo(site.lastUsedAt, Date.now())}
                </small>
              </span>
              <Icon name="next" size={16} />
            </a>
          </li>
        ))}
      </ul>
      <Blocked origins={state.blockedSites} />
    </Page>
  );
}

function Blocked({ origins }: { origins: string[] }) {
  if (origins.length === 0) return null;
  return (
    <Card title="Blocked sites">
      <ul className="list">
        {origins.map((origin) => (
          <BlockedSite key={origin} origin={origin} />
        ))}
      </ul>
    </Card>
  );
}

function BlockedSite({ origin }: { origin: string }) {
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  return (
    <li>
      <div className="list-item wrap" data-testid="blocked-site" data-origin={origin}>
        <span className="list-main">
          <b title={origin}>{hostOf(origin)}</b>
          <small>may ask nothing</small>
        </span>
        <Button
          kind="quiet"
          busy={busy}
          aria-label={`Unblock ${hostOf(origin)}`}
          onClick={() => void run(() => wallet.unblockSite({ origin }))}
          data-testid="unblock-site"
        >
          Unblock
        </Button>
      </div>
      <Failure failure={failure} />
    </li>
  );
}

export function SiteScreen({ origin }: { origin: string }) {
  const { state } = useWallet();
  const site = state.sites.find((one) => one.origin === origin);
  return (
    <Page id="site" title={hostOf(origin)} back="/sites">
      {site ? <Site site={site} /> : <Empty icon="globe" title="This site is not connected" />}
    </Page>
  );
}

function Site({ site }: { site: SiteState }) {
  const go = useGo();
  const { wallet } = useWallet();
  const { origin } = site;
  const [chosen, setChosen] = useState(site.chainIds);
  const { run, busy, failure } = useAction();
  const same =
    chosen.length === site.chainIds.length && chosen.every((id) => site.chainIds.includes(id));
  const revoke = async () => {
    if (await run(() => wallet.revokeSite({ origin }))) go('/sites');
  };
  return (
    <>
      <Card>
        <Facts
          rows={[
            ['Address', origin],
            ['Connected', fullTime(site.connectedAt)],
            ['Last used', fullTime(site.lastUsedAt)],
          ]}
        />
      </Card>
      <ChainChecks
        title="Chains that it sees"
        chosen={chosen}
        onChange={setChosen}
        testid="site-chain"
      />
      <div className="stack">
        <Button
          busy={busy}
          disabled={same || chosen.length === 0}
          onClick={() => void run(() => wallet.setSiteChains({ origin, chainIds: chosen }))}
          data-testid="site-save"
        >
          Save
        </Button>
        <Button
          kind="danger"
          disabled={busy}
          onClick={() => void revoke()}
          data-testid="site-revoke"
        >
          Disconnect
        </Button>
      </div>
      <Failure failure={failure} />
    </>
  );
}
