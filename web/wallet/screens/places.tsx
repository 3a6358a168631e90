// Every place of the opened wallet. A new screen is its file and a row here; paths with fixed parts
// stand before those with named ones.
import { useCallback } from 'react';
import { place, type Place } from '../model/places.ts';
import { useGo } from '../model/router.ts';
import { AccountsScreen } from './accounts.tsx';
import { ActivityDetail, ActivityScreen } from './activity.tsx';
import { ApplicationScreen } from './application.tsx';
import { ApplicationsScreen } from './applications.tsx';
import { ApprovalScreen } from './approval.tsx';
import { BackupScreen } from './backup.tsx';
import { AddChain, ChainScreen, ChainsScreen } from './chains.tsx';
import { ClaimScreen } from './claim.tsx';
import { EraseScreen } from './erase.tsx';
import { FindScreen } from './find.tsx';
import { Home } from './home.tsx';
import { HostsScreen } from './hosts.tsx';
import { ImportScreen } from './import_chains.tsx';
import { AddNetwork, NetworksScreen } from './networks.tsx';
import { PasswordScreen } from './password.tsx';
import { RevealScreen } from './reveal.tsx';
import { Receive } from './receive.tsx';
import { Send } from './send.tsx';
import { SettingsScreen } from './settings.tsx';
import { SiteScreen, SitesScreen } from './sites.tsx';

/** A request looked at in this window. */
function ApprovalHere({ id }: { id: string }) {
  const go = useGo();
  const done = useCallback(() => go('/'), [go]);
  return <ApprovalScreen id={id} onDone={done} />;
}

export const places: readonly Place[] = [
  place({ path: '/', title: 'home.title', screen: () => <Home /> }),
  place({ path: '/send', title: 'send.title', screen: () => <Send /> }),
  place({ path: '/receive', title: 'receive.title', screen: () => <Receive /> }),
  place({ path: '/activity', title: 'activity.title', screen: () => <ActivityScreen /> }),
  place({
    path: '/activity/:chain/:height',
    title: 'block.title',
    screen: ({ chain, height }) => <ActivityDetail chainId={chain} height={height} />,
  }),
  place({
    path: '/approval/:id',
    title: 'approval.title',
    screen: ({ id }) => <ApprovalHere key={id} id={id} />,
  }),
  place({ path: '/claim', title: 'claim.title', screen: () => <ClaimScreen /> }),
  place({ path: '/find', title: 'find.title', screen: () => <FindScreen /> }),
  place({ path: '/import', title: 'import.title', screen: () => <ImportScreen /> }),
  place({ path: '/chains', title: 'chains.title', screen: () => <ChainsScreen /> }),
  place({ path: '/chains/add', title: 'addChain.title', screen: () => <AddChain /> }),
  place({
    path: '/chains/:id',
    title: 'chainPage.title',
    screen: ({ id }) => <ChainScreen id={id} />,
  }),
  place({
    path: '/chains/:chain/applications',
    title: 'applications.title',
    screen: ({ chain }) => <ApplicationsScreen chainId={chain} />,
  }),
  place({
    path: '/chains/:chain/applications/:id',
    title: 'application.title',
    screen: ({ chain, id }) => <ApplicationScreen key={id} chainId={chain} id={id} />,
  }),
  place({ path: '/sites', title: 'sites.title', screen: () => <SitesScreen /> }),
  place({
    path: '/sites/:origin',
    title: 'site.title',
    screen: ({ origin }) => <SiteScreen key={origin} origin={origin} />,
  }),
  place({ path: '/networks', title: 'networks.title', screen: () => <NetworksScreen /> }),
  place({ path: '/networks/add', title: 'addNetwork.title', screen: () => <AddNetwork /> }),
  place({ path: '/settings', title: 'settings.title', screen: () => <SettingsScreen /> }),
  place({ path: '/settings/hosts', title: 'hosts.title', screen: () => <HostsScreen /> }),
  place({ path: '/settings/accounts', title: 'accounts.title', screen: () => <AccountsScreen /> }),
  place({
    path: '/settings/password',
    title: 'changePassword.title',
    screen: () => <PasswordScreen />,
  }),
  place({ path: '/settings/phrase', title: 'reveal.title', screen: () => <RevealScreen /> }),
  place({ path: '/settings/erase', title: 'erase.title', screen: () => <EraseScreen /> }),
  place({ path: '/settings/backup', title: 'backup.title', screen: () => <BackupScreen /> }),
];
