// How requests end that nobody answered: what their pages are told, and that nothing was signed.
import {
  providerError,
  type ProviderCode,
  type ProviderError,
  type ReasonOf,
} from '@mica/provider';
import type { FailureReason } from '@mica/wallet-contract/api';

const ending = <Code extends ProviderCode>(
  code: Code,
  reason: ReasonOf<Code> & FailureReason,
  message: string,
) => Object.assign(() => providerError(code, reason, message, { money: 'Untouched' }), { reason });

export const endings = {
  switched: ending(
    'disconnected',
    'NetworkSwitched',
    'Another network was chosen before this was done: it is over, and nothing was sent.',
  ),
  reset: ending(
    'disconnected',
    'NetworkReset',
    'The network was reset before this was done: it is over, and nothing was sent.',
  ),
  closed: ending(
    'disconnected',
    'NetworkClosed',
    'The network was closed before this was done: it is over, and nothing was sent.',
  ),
  removed: ending(
    'unauthorized',
    'WalletRemoved',
    'The wallet was deleted before this was done: it is over, and nothing was sent.',
  ),
  updated: ending(
    'disconnected',
    'WalletUpdated',
    'The wallet was updated before this was done: it is over, and nothing was sent.',
  ),
  disconnected: ending(
    'unauthorized',
    'NotConnected',
    'The site was disconnected before this was done: it is over, and nothing was sent.',
  ),
  stopped: ending(
    'internal',
    'EngineStopped',
    'The wallet stopped on what this site asked: nothing was sent.',
  ),
  blocked: ending('unauthorized', 'Blocked', 'The person has blocked this site.'),
  expired: ending(
    'internal',
    'Expired',
    'Nobody answered in time: it is over, and nothing was sent.',
  ),
  notKept: ending(
    'internal',
    'NotKept',
    'The wallet was started anew, and what this brings is not stored: ask again.',
  ),
  left: ending('internal', 'PageLeft', 'The page was left before the person answered.'),
};

const reasons: readonly FailureReason[] = [
  'Rejected',
  'HostRefused',
  ...Object.values(endings).map(({ reason }) => reason),
];

/** How windows name it; null: that of an error which no ending makes. */
export const endReason = ({ data }: ProviderError): FailureReason | null =>
  reasons.find((reason) => reason === data.reason) ?? null;

export type Ending = () => ProviderError;
