// The opened wallet: network and lock above, the screen, the four places below.
import { useCallback, type ReactNode } from 'react';
import { Screen, useGo } from '../model/router.ts';
import { networkWords } from '../model/texts.ts';
import { useHost, useWallet } from '../model/use_wallet.tsx';
import { IconButton } from '../parts/button.tsx';
import { Icon, Logo, type IconName } from '../parts/icons.tsx';
import { AccountsScreen } from './accounts.tsx';
import { ActivityDetail, ActivityScreen } from './activity.tsx';
import { ApprovalScreen } from './approval.tsx';
import { BackupScreen } from './backup.tsx';
import { AddChain, ChainScreen, ChainsScreen } from './chains.tsx';
import { ClaimScreen, FindScreen } from './claim.tsx';
import { EraseScreen } from './erase.tsx';
import { Home } from './home.tsx';
import { ImportScreen } from './import_chains.tsx';
import { AddNetwork, NetworksScreen } from './networks.tsx';
import { PasswordScreen } from './password.tsx';
import { RevealScreen } from './reveal.tsx';
import { Receive } from './receive.tsx';
import { Send } from './send.tsx';
import { SettingsScreen } from './settings.tsx';
import { SiteScreen, SitesScreen } from './sites.tsx';

function screenOf([first, second, third]: string[]): ReactNode {
  switch (first) {
    case 'send':
      return <Send />;
    case 'receive':
      return <Receive />;
    case 'activity':
      return second && third ? (
        <ActivityDetail chainId={second} height={third} />
      ) : (
        <ActivityScreen />
      );
    case 'approval':
      return second ? <ApprovalHere key={second} id={second} /> : null;
    case 'claim':
      return <ClaimScreen />;
    case 'find':
      return <FindScreen />;
    case 'import':
      return <ImportScreen />;
    case 'chains':
      if (second === 'add') return <AddChain />;
      return second ? <ChainScreen id={second} /> : <ChainsScreen />;
    case 'sites':
      return second ? <SiteScreen key={second} origin={second} /> : <SitesScreen />;
    case 'networks':
      return second === 'add' ? <AddNetwork /> : <NetworksScreen />;
    case 'settings':
      return settingsOf(second);
    default:
      return <Home />;
  }
}

/** A request looked at in this window. */
function ApprovalHere({ id }: { id: string }) {
  const go = useGo();
  const done = useCallback(() => go('/'), [go]);
  return <ApprovalScreen id={id} onDone={done} />;
}

function settingsOf(name: string | undefined): ReactNode {
  switch (name) {
    case 'accounts':
      return <AccountsScreen />;
    case 'password':
      return <PasswordScreen />;
    case 'phrase':
      return <RevealScreen />;
    case 'erase':
      return <EraseScreen />;
    case 'backup':
      return <BackupScreen />;
    default:
      return <SettingsScreen />;
  }
}

const places: [to: string, label: string, icon: IconName, id: string][] = [
  ['/', 'Wallet', 'wallet', 'home'],
  ['/activity', 'Activity', 'activity', 'activity'],
  ['/sites', 'Sites', 'globe', 'sites'],
  ['/settings', 'Settings', 'settings', 'settings'],
];

function placeOf(first: string | undefined): string {
  if (first === 'activity' || first === 'sites') return first;
  return first === 'settings' || first === 'networks' ? 'settings' : 'home';
}

export function Shell({ path }: { path: string[] }) {
  const place = placeOf(path[0]);
  return (
    <div className="shell">
      <TopBar />
      <main className="content" key={path.join('/')}>
        <Screen>{screenOf(path)}</Screen>
      </main>
      <nav className="places" aria-label="Wallet">
        {places.map(([to, label, icon, id]) => (
          <a
            key={id}
            href={`#${to}`}
            aria-current={place === id ? 'page' : undefined}
            data-testid={`nav-${id}`}
          >
            <Icon name={icon} size={22} />
            <span>{label}</span>
          </a>
        ))}
      </nav>
    </div>
  );
}

function TopBar() {
  const { state, keys } = useWallet();
  const { view, openTab, openSidePanel } = useHost();
  const { tone, text } = networkWords(state.network);
  return (
    <header className="topbar">
      <Logo size={26} />
      <a
        className="network"
        href="#/networks"
        data-testid="network"
        data-status={state.network?.status}
        title={`${state.network?.name ?? ''}: ${text}`}
      >
        <i className="dot" data-tone={tone} aria-hidden="true" />
        <span>{state.network?.name ?? 'No network'}</span>
        <span className="unseen">: {text}. Switch the network.</span>
      </a>
      <span className="grow" />
      {view.page === 'popup' && openSidePanel && (
        <IconButton icon="panel" label="Open in the side panel" onClick={() => openSidePanel()} />
      )}
      {view.page !== 'tab' && (
        <IconButton icon="open" label="Open in a tab" onClick={() => openTab(location.hash)} />
      )}
      <IconButton
        icon="lock"
        label="Lock"
        data-testid="lock"
        onClick={() => void keys.lock({}).catch(() => undefined)}
      />
    </header>
  );
}
