import { useState } from 'react';
import type { SiteState } from '@mica/wallet-contract/api';
import { route, useGo } from '../model/router.ts';
import { hostOf } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { ChainChecks } from '../parts/chain_checks.tsx';
import { Icon } from '../parts/icons.tsx';
import { Empty, Failure } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { ReadsOthers } from '../parts/reads_others.tsx';
import { useWords } from '../words/use_words.tsx';

export function SitesScreen() {
  const words = useWords();
  const { say } = words;
  const { state } = useWallet();
  const sites = [...state.sites].sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  return (
    <Page id="sites">
      {sites.length === 0 && (
        <Empty icon="globe" title={say('sites.none')}>
          <p>{say('sites.noneText')}</p>
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
                  {say('sites.row', {
                    count: site.chainIds.length,
                    ago: words.timeAgo(site.lastUsedAt, Date.now()),
                  })}
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
  const { say } = useWords();
  if (origins.length === 0) return null;
  return (
    <Card title={say('sites.blocked')}>
      <ul className="list">
        {origins.map((origin) => (
          <BlockedSite key={origin} origin={origin} />
        ))}
      </ul>
    </Card>
  );
}

function BlockedSite({ origin }: { origin: string }) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  return (
    <li>
      <div className="list-item" data-testid="blocked-site" data-origin={origin}>
        <span className="list-main">
          <b title={origin}>{hostOf(origin)}</b>
          <small>{say('sites.blockedText')}</small>
        </span>
        <Button
          kind="quiet"
          busy={busy}
          aria-label={say('sites.unblockNamed', { site: hostOf(origin) })}
          onClick={() => void run(() => wallet.unblockSite({ origin }))}
          data-testid="unblock-site"
        >
          {say('sites.unblock')}
        </Button>
      </div>
      <Failure failure={failure} />
    </li>
  );
}

export function SiteScreen({ origin }: { origin: string }) {
  const { say } = useWords();
  const { state } = useWallet();
  const site = state.sites.find((one) => one.origin === origin);
  return (
    <Page id="site" title={hostOf(origin)} back="/sites">
      {site ? <Site site={site} /> : <Empty icon="globe" title={say('site.none')} />}
    </Page>
  );
}

function Site({ site }: { site: SiteState }) {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const { wallet } = useWallet();
  const { origin } = site;
  const [chosen, setChosen] = useState(site.chainIds);
  const [reads, setReads] = useState(true);
  const readsOthers = site.readsOthers && reads;
  const { run, busy, failure } = useAction();
  const same =
    readsOthers === site.readsOthers &&
    chosen.length === site.chainIds.length &&
    chosen.every((id) => site.chainIds.includes(id));
  const given = { origin, chainIds: chosen, readsOthers };
  const revoke = async () => {
    if (await run(() => wallet.revokeSite({ origin }))) go('/sites');
  };
  return (
    <>
      <Card>
        <Facts
          rows={[
            [say('site.address'), origin],
            [say('site.connected'), words.time(site.connectedAt)],
            [say('site.lastUsed'), words.time(site.lastUsedAt)],
          ]}
        />
      </Card>
      <ChainChecks
        title={say('site.chains')}
        chosen={chosen}
        onChange={setChosen}
        testid="site-chain"
      />
      {site.readsOthers && (
        <ReadsOthers checked={reads} onChange={setReads} hint="site.readsText" />
      )}
      <div className="stack">
        <Button
          busy={busy}
          disabled={same || chosen.length === 0}
          onClick={() => void run(() => wallet.setSiteChains(given))}
          data-testid="site-save"
        >
          {say('do.save')}
        </Button>
        <Button
          kind="danger"
          disabled={busy}
          onClick={() => void revoke()}
          data-testid="site-revoke"
        >
          {say('site.revoke')}
        </Button>
      </div>
      <Failure failure={failure} />
    </>
  );
}
