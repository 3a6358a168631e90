// Failures by their codes: what happened, what became of the money, what to do next.
export const failures = {
  'failure.InvalidInput': 'This cannot be used',
  'failure.InvalidInput.next': 'Correct it and try again.',
  'failure.InsufficientBalance': 'Not enough money',
  'failure.InsufficientBalance.next': 'Send less, or receive more first. Fees count too.',
  'failure.NotOwner': 'Not your chain',
  'failure.NotOwner.next': 'Choose a chain that an account of this wallet owns.',
  'failure.UnknownChain': 'Unknown chain',
  'failure.UnknownChain.next':
    'The validators do not know this chain. Check the chain id and the network.',
  'failure.UnknownRecipient': 'Unknown recipient',
  'failure.UnknownRecipient.next': 'Ask the recipient for the chain id again.',
  'failure.NoQuorum': 'No quorum: too few validators answered',
  'failure.NoQuorum.next': 'Try again in a moment; nothing is lost by waiting.',
  'failure.OutcomeUnknown': 'Outcome unknown, still trying',
  'failure.OutcomeUnknown.next': 'Look at the activity: the answer shows there.',
  'failure.SignerRefused': 'The vault did not sign',
  'failure.SignerRefused.next': 'Look at the request again.',
  'failure.SignerLocked': 'The wallet is locked',
  'failure.SignerLocked.next': 'Unlock and try again.',
  'failure.FastRoundTaken': 'Another block was signed for this round',
  'failure.FastRoundTaken.next': 'Try again: a later round is used.',
  'failure.Conflict': 'Something changed meanwhile',
  'failure.Conflict.next': 'Look at the new effects and decide again.',
  'failure.WaitForRound': 'The chain is busy',
  'failure.WaitForRound.next': 'The wallet goes on as soon as the round allows it.',
  'failure.ClockSkew': 'The clock is wrong',
  'failure.ClockSkew.next': "Set this computer's date and time, then try again.",
  'failure.NetworkReset': 'The network was reset',
  'failure.NetworkReset.next': 'Start anew on it, or switch to another network.',
  'failure.StorageFull': 'The disk is full',
  'failure.StorageFull.next':
    'Free some space: the wallet goes on by itself, and nothing is lost. Then try again.',
  'failure.StorageFailed': 'The disk did not take it',
  'failure.StorageFailed.next':
    'The wallet tries again by itself. If this stays, restart the browser.',
  'failure.StorageCorrupt': 'The stored data is damaged',
  'failure.StorageCorrupt.next': `
    Your money is safe: it is on the chains, and your keys are stored apart. The wallet can
    fetch everything again and keeps the damaged files. Chains that the faucet does not know
    come back from a backup file, or by their ids.`,
  'failure.CommitteeRemoved': 'The validators of this chain were replaced',
  'failure.CommitteeRemoved.next': `
    They answer too seldom to bring the chain to the new ones. The wallet keeps trying: the
    chain moves when they are back.`,
  'failure.Unsupported': 'Not possible yet',
  'failure.Unsupported.next': 'A later version of the wallet may know how.',
  'failure.DraftGone': 'This request is over',
  'failure.DraftGone.next': 'Ask again.',
  'failure.Busy': 'Busy',
  'failure.Busy.next': 'Wait until the running step is done.',
  'failure.NothingToDo': 'Nothing to do',
  'failure.NothingToDo.next': 'All is done already.',
  'failure.ExecutionFailed': 'The block cannot be made',
  'failure.ExecutionFailed.next': 'The details say why; the chain is unchanged.',
  'failure.Internal': 'Something went wrong in the wallet',
  'failure.Internal.next': 'Close this window and open it again.',
  'failure.NoHttpAnswer': 'A host outside gave no answer',
  'failure.NoHttpAnswer.next': `
    The application asks it for something that the block needs. Nothing was signed; try again
    later.`,
  'failure.AnswersDiffer': 'The validators were told something else',
  'failure.AnswersDiffer.next': `
    A host outside that the application asks answered them otherwise than this wallet. Look at
    the chain, and try again if it shows nothing of it.`,
  'failure.LockedByOther': 'Another block comes first',
  'failure.LockedByOther.next': `
    Another owner, or another device, has begun a block here. The chain's page shows it: look at
    it and finish it, then try again.`,
  'failure.BadInput': 'This cannot be used',
  'failure.BadInput.next': 'Correct it and try again.',
  'failure.WrongDoor': 'This window may not do that',
  'failure.WrongDoor.next': 'Open the wallet itself and try there.',
  'failure.WrongPassword': 'Wrong password',
  'failure.WrongPassword.next': 'Check capitals and keyboard layout.',
  'failure.TooSoon': 'Too many wrong passwords',
  'failure.TooSoon.next': 'Wait until the time is up.',
  'failure.Damaged': 'This file is damaged',
  'failure.Damaged.next': 'Use another copy of it.',
  'failure.NewerFile': 'This file is from a newer version',
  'failure.NewerFile.next': 'Update the extension first.',
  'failure.WeakKdf': 'This file is protected too weakly',
  'failure.WeakKdf.next': 'Make a new backup with the current version.',
  'failure.CostlyKdf': 'This file asks for too much work',
  'failure.CostlyKdf.next': `
    No backup of this wallet needs so much memory or time: the file is damaged or made to do
    harm. Use another copy.`,
  'failure.NoMemory': 'Too little memory',
  'failure.NoMemory.next': 'Close other tabs and try again.',
  'failure.Locked': 'The wallet is locked',
  'failure.Locked.next': 'Unlock and try again.',
  'failure.BadPhrase': 'This is not a valid phrase',
  'failure.BadPhrase.next': 'Compare each word with what you wrote down.',
  'failure.BadKey': 'This is not a valid key',
  'failure.BadKey.next': 'Compare it with where you copied it from.',
  'failure.AccountExists': 'This account exists already',
  'failure.AccountExists.next': 'It is in the list of accounts.',
  'failure.NoPhrase': 'This wallet has no phrase',
  'failure.NoPhrase.next': 'Its keys were imported; save a backup file instead.',
  'failure.UnknownOwner': 'This wallet has no such key',
  'failure.UnknownOwner.next': 'Choose an account of this wallet.',
  'failure.NotApproved': 'Not approved',
  'failure.NotApproved.next': 'Look at the request and approve it again.',
  'failure.BadText': 'This text cannot be signed',
  'failure.BadText.next': 'Only sign-in text that names the page is signed.',
  'failure.Outdated': 'A later block was approved already',
  'failure.Outdated.next': 'Look at the activity: this one is not signed any more.',
  'failure.FaucetFailed': 'The faucet did not answer',
  'failure.FaucetFailed.next': 'Check the connection or try again later.',
  'failure.NoNetwork': 'No network',
  'failure.NoNetwork.next': 'Check the connection; the wallet goes on by itself.',
  'failure.NotFound': 'Not found',
  'failure.NotFound.next': 'It may be over already.',
  'failure.AlreadyExists': 'It exists already',
  'failure.AlreadyExists.next': 'Use the one that is there.',
  'failure.Cancelled': 'Cancelled',
  'failure.Cancelled.next': 'Nothing was changed.',

  'failure.InsufficientBalance.facts':
    'There are {available}, and {needed} are needed with the fees.',
  'failure.WaitForRound.facts': `
    {round, select,
      Fast {The fast round}
      MultiLeader {Multi-leader round {number, number}}
      SingleLeader {Single-leader round {number, number}}
      other {Validators’ round {number, number}}
    } is another owner’s.`,
  'failure.NoHttpAnswer.facts': '{host} was asked.',
  'failure.UnknownChain.facts': 'Chain {chain}.',

  'failure.reason.ChainClosed': 'This chain is closed: nothing can be sent from it any more.',
  'failure.reason.ChainElsewhere': `
    This wallet has that chain on the network {network}. A network that shows the same chain
    may be a copy: what you approve here would move your money there. If you trust this one,
    forget the chain on the other first.`,
  'failure.reason.SignedElsewhere': `
    You have approved blocks of this chain on another network. A network that shows the same chain
    may be a copy: what you approve here would move your money there. Nothing is signed.`,
  'failure.reason.NetworkChanged': '{network} is in use now.',
  'failure.reason.NetworkInUse': 'This network is in use: switch to another first.',
  'failure.reason.OtherNetwork': 'The faucet shows another network than this one.',
  'failure.reason.FaucetAddress': 'The faucet’s address must be https (or http on this machine).',
  'failure.reason.FaucetIpv6': 'Addresses of IPv6 cannot be reached: write localhost or a name.',
  'failure.reason.FaucetStatus': 'It answered with status {status, number, ::group-off}.',
  'failure.reason.FaucetRefused': 'It answered, and refused: the details have its words.',
  'failure.reason.FaucetNonsense': 'It answered, but nothing that a faucet would.',
  'failure.reason.HostNotAllowed': `
    An application needs an answer of {host}, which you have not let this wallet ask. It was not
    asked.`,
  'failure.reason.HostInsecure': `
    An application needs an answer of {host} without encryption. Over the Internet this wallet asks
    only by https: somebody between could change the answer.`,
  'failure.reason.HostRefused':
    'You did not let the wallet ask the host that the block needs; nothing was sent.',
  'failure.reason.StartedAnew': `
    The wallet was started anew while this was under way. Look at what it shows before you do
    it again.`,
  'failure.reason.ReceiveBudget': `
    Receiving by itself has cost as much today as it may: a hundred times the fee limit of the
    settings. Receive by hand, or raise the limit.`,
  'failure.reason.Approved': 'It was approved already.',
  'failure.reason.SignedAlready': 'It is signed already and on its way.',
  'failure.reason.Rejected': 'You said no; nothing was sent.',
  'failure.reason.NetworkSwitched':
    'Another network was chosen before this was approved: nothing was sent.',
  'failure.reason.NetworkReset':
    'The network was reset before this was approved: nothing was sent.',
  'failure.reason.NetworkClosed':
    'The network was closed before this was approved: nothing was sent.',
  'failure.reason.WalletRemoved': 'The wallet was deleted meanwhile: nothing was sent.',
  'failure.reason.WalletUpdated':
    'The wallet was updated before this was approved: nothing was sent.',
  'failure.reason.NotConnected':
    'The site was disconnected before this was approved: nothing was sent.',
  'failure.reason.EngineStopped': 'The wallet stopped on what this site asked: nothing was sent.',
  'failure.reason.Blocked': 'You have blocked this site.',
  'failure.reason.NotKept':
    'The wallet was started anew, and what this request brings is not stored: ask again.',
  'failure.reason.Expired': 'Nobody answered in time: nothing was sent.',
  'failure.reason.PageLeft': 'The page was left before you answered.',

  'failure.details': 'Details',
  'failure.copy': 'Copy report',
  'failure.money.Untouched': 'No money has moved.',
  'failure.money.Unknown':
    'Whether the money moved is not known yet. Do not send it again: the wallet keeps trying.',
  'failure.money.Moved': 'The money has moved.',
} as const;
