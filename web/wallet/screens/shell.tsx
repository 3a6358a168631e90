// The opened wallet: network and lock above, the screen, the four places below.
import { find } from '../model/places.ts';
import { Screen } from '../model/router.ts';
import { networkWords } from '../model/texts.ts';
import { useHost, useWallet } from '../model/use_wallet.tsx';
import { IconButton } from '../parts/button.tsx';
import { Icon, Logo, type IconName } from '../parts/icons.tsx';
import type { MessageId } from '../words/catalogue.ts';
import { useWords } from '../words/use_words.tsx';
import { places } from './places.tsx';

const links: [
  to: string,
  label: Extract<MessageId, `nav.${string}`>,
  icon: IconName,
  id: string,
][] = [
  ['/', 'nav.home', 'wallet', 'home'],
  ['/activity', 'nav.activity', 'activity', 'activity'],
  ['/sites', 'nav.sites', 'globe', 'sites'],
  ['/settings', 'nav.settings', 'settings', 'settings'],
];

function linkOf(first: string | undefined): string {
  if (first === 'activity' || first === 'sites') return first;
  return first === 'settings' || first === 'networks' ? 'settings' : 'home';
}

export function Shell({ path }: { path: string[] }) {
  const { say } = useWords();
  const current = linkOf(path[0]);
  const { place, parts } = find(places, path);
  return (
    <div className="shell">
      <TopBar />
      <main className="content" key={path.join('/')}>
        <Screen title={place.title}>{place.screen(parts)}</Screen>
      </main>
      <nav className="places" aria-label={say('nav.label')}>
        {links.map(([to, label, icon, id]) => (
          <a
            key={id}
            href={`#${to}`}
            aria-current={current === id ? 'page' : undefined}
            data-testid={`nav-${id}`}
          >
            <Icon name={icon} size={22} />
            <span>{say(label)}</span>
          </a>
        ))}
      </nav>
    </div>
  );
}

function TopBar() {
  const words = useWords();
  const { say } = words;
  const { state, keys } = useWallet();
  const { view, openTab, openSidePanel } = useHost();
  const name = state.network?.name ?? say('network.none');
  const { tone, text } = networkWords(state.network, words);
  return (
    <header className="topbar">
      <Logo size={26} />
      <a
        className="network"
        href="#/networks"
        data-testid="network"
        data-status={state.network?.status}
        title={say('bar.network', { network: name, status: text })}
      >
        <i className="dot" data-tone={tone} aria-hidden="true" />
        <span>{name}</span>
        <span className="unseen">{say('bar.switch', { status: text })}</span>
      </a>
      <span className="grow" />
      {view.page === 'popup' && openSidePanel && (
        <IconButton icon="panel" label={say('bar.panel')} onClick={() => openSidePanel()} />
      )}
      {view.page !== 'tab' && (
        <IconButton icon="open" label={say('bar.tab')} onClick={() => openTab(location.hash)} />
      )}
      <IconButton
        icon="lock"
        label={say('bar.lock')}
        data-testid="lock"
        onClick={() => void keys.lock({}).catch(() => undefined)}
      />
    </header>
  );
}
