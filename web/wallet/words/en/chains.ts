// Chains and their money: home, chains, getting one, sending, receiving, activity.
export const chains = {
  'home.title': 'Wallet',
  'home.opening': 'Opening the network',
  'home.siteAsks': '{site} asks',
  'home.ownAsks': 'A request of yours waits for your yes',
  'home.look': 'Look at it',
  'home.moreRequests': 'and {count, plural, one {# more request} other {# more requests}}',
  'home.noChain': 'No chain yet',
  'home.noChainText': 'Money lives on a chain of your own. The faucet gives you one.',
  'home.getChain': 'Get a chain',
  'home.haveChains': 'I have chains already',
  'home.switchChain': 'Switch the chain',
  'home.send': 'Send',
  'home.receive': 'Receive',
  'home.recent': 'Recent',
  'home.all': 'All',

  'chain.followed': 'You only follow this chain: no account of this wallet owns it.',
  'chain.closed': 'This chain is closed',
  'chain.closedText': 'Nothing can be sent from it any more, and what comes to it is sent back.',
  'chain.notExecuted': 'Shown as it was before block {height}',
  'chain.notExecutedText': `
    From block {height} on, this wallet cannot execute the blocks of this chain, which are
    certified up to block {last}. What is shown is the state before block {height}; what is on
    the chain now, this wallet cannot know.`,
  'chain.notExecutedSend': 'Nothing can be sent from here until the wallet is updated.',
  'chain.notCompared': 'Not compared with the validators yet: the balance may be older.',
  'chain.incoming': '{amount} incoming',
  'chain.receiveNow': 'Receive now',
  'chain.receiving': 'Receiving…',
  'chain.receivingOff': `
    Receiving by itself is switched off: {count, plural, one {# message waits} other {# messages
    wait}}.`,
  'chain.waiting': '{count, plural, one {# message} other {# messages}} waiting',
  'chain.waits.Failed':
    '{count, number} cannot be carried out now, such as a claim on money that is not here.',
  'chain.waits.TooLarge': '{count, number} too large for any block.',
  'chain.waits.NotSupported': '{count, number} of an application that this version does not know.',
  'chain.waits.TooCostly': '{count, number} dearer than the fee limit of the settings.',
  'chain.waits.Unanswered': '{count, number} that ask a host outside, which gave no answer.',
  'chain.events': '{count, plural, one {# event} other {# events}} of other chains waiting',
  'chain.eventsText': `
    Applications on this chain listen to them and have not processed them yet. Money and messages
    do not wait for them.`,
  'chain.epochs': '{count, plural, one {# change} other {# changes}} of the validators waiting',
  'chain.epochsText': 'The network has other validators now; a block takes the chain over to them.',
  'chain.takingOn': `
    The next receiving block takes them in. If none could, what is said below is why, and the
    wallet tries again when the chain has changed.`,
  'chain.takingOff': 'Receiving by itself is switched off: they wait until you receive.',
  'chain.locked': 'A block that this wallet did not make is half done',
  'chain.lockedText': `
    The validators hold on to it: block {height} of this chain can be no other. Look at what it
    does; your yes finishes it, and what you wanted to do comes after it. It was made by:`,
  'chain.lockedFastText': `
    It was proposed in the fast round: as long as validators hold on to it, block {height} of this
    chain can be no other. Look at what it does; your yes finishes it. It was made by:`,
  'chain.yesAgain': 'Your yes is needed again',
  'chain.yesAgainText': `
    A block was signed before the wallet was restarted and must be signed anew to go on. Nothing
    is lost and it cannot be paid twice.`,
  'chain.lookApprove': 'Look and approve',
  'chain.pending': 'Outcome unknown, still trying',
  'chain.pendingText': `
    Block {height} is signed, but too few validators have answered. Whether its money moved is
    not known yet. Do not send it again: the wallet keeps trying, and this block cannot be paid
    twice.`,

  'chains.title': 'Chains',
  'chains.get': 'Get one from the faucet',
  'chains.add': 'Add one by its id',
  'chains.isFollowed': 'followed',
  'chains.isClosed': 'closed',
  'chains.isNotExecuted': 'not up to date',
  'chains.isIncoming': 'incoming',
  'chains.details': 'Details of {chain}',
  'addChain.title': 'Add a chain',
  'addChain.lead':
    'If an account of this wallet owns it, you can send from it; if not, you only follow it.',
  'addChain.do': 'Add the chain',
  'addChain.busy': 'Asking the validators…',
  'addChain.name': 'Name (for you alone)',
  'addChain.known': 'This chain is in the list already.',
  'addChain.malformed': 'A chain id is 64 hex digits, without 0x in front.',
  'chainPage.title': 'Chain',
  'chainPage.none': 'This chain is not here',
  'chainPage.notOurs': 'not of this wallet',
  'chainPage.nextHeight': 'Next height',
  'chainPage.compare': 'Compare with the validators',
  'chainPage.forget': 'Take it off the list…',
  'chainPage.forgetTitle': 'Take this chain off the list?',
  'chainPage.forgetText':
    'The chain and its money stay. Sites lose sight of it. You can add it again by its id.',
  'chainPage.forgetSure': 'Take it off',

  'claim.title': 'Get a chain',
  'claim.lead':
    "Money lives on a chain of your own. This network's faucet gives one to each account.",
  'claim.do': 'Get it from the faucet',
  'claim.busy': 'Asking the faucet…',
  'claim.later': 'Later',
  'claim.name': 'Name of the chain (for you alone)',
  'claim.placeholder': 'My chain',
  'claim.owner': 'Account that owns it',
  'claim.addAccount': 'add an account',
  'claim.noNew': 'No new chain',
  'claim.same': `
    The faucet gave {chain}, which is here already. It gives one to each account: for another
    chain {addAccount}.`,
  'claim.had': `
    It owns {chain} already. If the faucet made it, there is no other: {addAccount} for another
    chain.`,
  'find.title': 'Find your chains',
  'find.lead':
    'The phrase gives the keys; which chains they own, the faucet knows for those it made.',
  'find.ask': 'Ask the faucet for {count, plural, one {# account} other {# accounts}}',
  'find.none': 'The faucet of {network} made no chain for this wallet.',
  'find.found': 'Found {count, plural, one {# chain} other {# chains}}',
  'find.further': 'Further accounts of the phrase',
  'find.furtherText': `
    If the wallet had more accounts, they are looked for by their keys, five in a row of each
    kind. The phrase lies sealed: the password is needed.`,
  'find.furtherDo': 'Look for further accounts',
  'find.furtherDone': `
    Further accounts of the phrase were looked for too. Those with a chain are in the list of
    accounts now.`,
  'find.byHand': 'Add a chain by its id',
  'find.new': 'Get a new chain from the faucet',
  'find.elsewhere': 'Look on another network',
  'import.title': 'Chains of the backup',
  'import.lead': 'The keys are back. These are the chains that the file names.',
  'import.none': 'No chains are left to take over',
  'import.missing': 'Not taken over',
  'import.missingText':
    'The other chains of the file are here. These were left out; you can try again.',
  'import.take': 'Take over {count, plural, one {# chain} other {# chains}}',
  'import.elsewhere': 'This is another network than the one in use.',
  'import.switch': 'Switch to {network}',

  'send.title': 'Send',
  'send.closed': 'This chain is closed',
  'send.closedText': 'Choose another chain that an account of this wallet owns.',
  'send.notExecuted': 'This wallet cannot execute the newest blocks of this chain',
  'send.notExecutedText': `
    Nothing can be sent from it until the wallet is updated. Choose another chain that an account
    of this wallet owns.`,
  'send.nothing': 'Nothing to send from',
  'send.nothingText': 'Choose a chain that an account of this wallet owns.',
  'send.choose': 'Choose a chain',
  'send.look': 'Look at it first',
  'send.busy': 'Executing the block here…',
  'send.from': 'From',
  'send.account': 'Account on it',
  'send.to': 'To',
  'send.toPlaceholder': 'Chain id, or owner@chain',
  'send.amount': 'Amount',
  'send.max': 'Max',
  'send.all': 'Everything; the fees are taken off first.',
  'send.available': '{amount} {count, plural, one {token is} other {tokens are}} there.',
  'send.sameAccount': 'This is the account that the money comes from.',
  'send.asking': 'Asking the validators whether this chain exists…',
  'send.own': 'Your own chain.',
  'send.ownNamed': 'Your own chain: {name}.',
  'send.exists': 'The validators know this chain.',
  'send.unknown': 'No validator knows this chain',
  'send.unknownText':
    'Money sent to a chain that does not exist waits there for ever. Ask the recipient again.',
  'send.unchecked': 'Not checked',
  'send.uncheckedText': 'Too few validators agree whether this chain exists.',
  'amount.missing': 'How much?',
  'amount.sign': 'Write “{sign}” before decimals and nothing between thousands.',
  'amount.signMeant':
    'Write “{sign}” before decimals and nothing between thousands. Did you mean {meant}?',
  'amount.zero': 'The amount must be more than zero.',
  'amount.decimals': 'There are at most 18 decimals.',
  'amount.malformed': 'This is no amount.',
  'amount.tooMuch': 'Too much: there are {available} on this account.',
  'address.missing': 'The recipient is missing.',
  'address.checksum': `
    A character of the owner's address is wrong: its capitals are a check, and they do not fit.
    Copy the whole address again.`,
  'address.prefixed': `
    A chain id has no 0x in front; with it, this is an owner. For a chain leave 0x away, for an
    owner's account write owner@chain.`,
  'address.owner': `
    This is an owner's address. Money goes to a chain: ask for the chain id (64 digits) or
    owner@chain.`,
  'address.malformed': 'This is no address: a chain id is 64 hex digits, or write owner@chain.',

  'receive.title': 'Receive',
  'receive.followed': 'You only follow this chain',
  'receive.followedText': 'What is sent there is not yours: no account of this wallet owns it.',
  'receive.lead': 'Others send to this address of {chain}:',
  'receive.qr': 'QR code of {address}',
  'receive.copy': 'Copy the address',
  'receive.form': 'Form of the address',
  'receive.formChain': "Chain id: to the chain's balance",
  'receive.formOwner': 'owner@chain: to your account on it',

  'activity.title': 'Activity',
  'activity.none': 'Nothing yet',
  'activity.noneText': 'What you send and receive shows here.',
  'activity.older': 'Show older',
  'activity.more': '{sentence} (and {count, number} more)',
  'activity.empty': 'An empty block',
  'state.proposed': 'Proposed',
  'state.proposedText': 'Signed and sent; a quorum has not certified it yet.',
  'state.certified': 'Certified',
  'state.certifiedText': 'A quorum of validators signed it: it is final.',
  'state.delivered': 'Delivered',
  'state.deliveredText': "Final, and a quorum says the recipient's inbox has it.",
  'block.title': 'Block',
  'block.none': 'There is no such block here',
  'block.otherSide': 'Other side',
  'block.all': 'All that this block did',
  'block.showCertificate': 'Show the certificate',
  'block.certificate': 'Certificate',
  'block.certificateText': 'Anybody can check with it that the validators signed this block.',
  'block.copyCertificate': 'Copy the certificate',
} as const;
