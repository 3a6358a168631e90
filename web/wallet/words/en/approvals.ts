// Requests: connecting, signing text, blocks; what a block's execution did; warnings.
export const approvals = {
  'approval.reading': 'Reading the request',
  'approval.none': 'No request is waiting',
  'approval.more': '{count, plural, one {# more request waits} other {# more requests wait}}',
  'approval.rejectAll': 'Reject all',
  'approval.over': 'This request is over',
  'approval.reject': 'Reject',
  'approval.blockSite': 'Block this site',
  'approval.title': 'A request',
  'approval.own': 'Look at it',
  'approval.yes': 'Approve',
  'asks.connect': '{site} wants to connect.',
  'asks.text': '{site} asks you to sign this text, to show who you are.',
  'asks.money': '{site} asks you to send money.',
  'asks.block': '{site} asks you to sign a block of your chain.',
  'asks.idn': 'Letters of other alphabets',
  'asks.idnText': `
    This address has letters beyond a to z, which can look like those of a site that you know.
    It is shown in the form that cannot imitate one: compare it with what you expect.`,

  'connect.title': 'Connect a site',
  'connect.yes': 'Connect',
  'connect.insecure': 'This page came without encryption: somebody between may have changed it.',
  'connect.nothing': 'There is nothing that {site} could see.',
  'connect.chains': 'Chains that the site may see',
  'connect.sees': 'It sees their balances and what happens on them.',
  'connect.asks': 'It can ask for blocks, such as transfers: each one needs your yes.',
  'connect.cannot': 'It cannot move money by itself, and sees no other chain.',
  'connect.others': 'Chains of others',
  'connect.reads': 'May also read chains that are not in this wallet',
  'connect.readsText': `
    What is on them is public. It costs nothing and signs nothing; the wallet downloads, checks and
    stores them while the site asks.`,
  'connect.cannotOthers':
    'It cannot move money by itself, and is not told which other chains are yours.',

  'sign.title': 'Sign a message',
  'sign.yes': 'Sign',
  'sign.toTheEnd': 'Read the text to its end, then you can sign it.',
  'sign.harmless': 'This moves no money and signs no block.',
  'sign.page': 'Page',
  'sign.uri': 'Signs in at',
  'sign.chainId': 'Chain id in it',
  'sign.from': 'Valid from',
  'sign.until': 'Valid until',
  'sign.noEnd': 'no end',
  'sign.otherPage': 'The text signs in at {uri}, but the page is {domain}.',
  'sign.otherNetwork': 'The text names another Linera network than the one in use.',
  'sign.expired': 'The text has expired: the page will not accept it.',
  'sign.later': 'The text is valid only later.',

  'block.resumed': 'Go on with what was signed:',
  'block.carriedOn': 'Carry on what another owner of this chain, or another device, has begun:',
  'block.preparing': 'Executing the block here',
  'block.locked': 'Waiting until the chain is free',
  'block.takesOver.committee':
    "This block also takes over a change of the network's validators, as every chain must.",
  'block.takesOver.events':
    'This block also takes over new events of other chains that its applications subscribed to.',
  'block.size': '{count, plural, one {# operation} other {# operations}} in one block',
  'block.committing': 'On its way',
  'block.signed': 'Signed. Waiting for the validators to certify it.',
  'block.mayClose': 'You may close this window: the wallet goes on.',
  'block.done': 'Certified',
  'block.certified': 'Certified by a quorum of validators',
  'block.final': 'It is final.',
  'block.stillTrying': 'Still trying',
  'block.failed': 'Not made',
  'host.title': 'Ask a host?',
  'host.yes': 'Ask it',
  'host.lead': `
    To know what this block does, the wallet must ask a host outside for an application. Nothing
    has been asked or signed yet.`,
  'host.host': 'Host',
  'host.request': 'Request',
  'host.address': 'Address',
  'host.headers': '{count, plural, =0 {No headers} one {Header} other {# headers}}',
  'host.moreHeaders': 'and {count, number} more',
  'host.body': 'It sends',
  'host.sees': `
    {host} will see the address of this computer, and this request. It gets no cookies and nothing
    else of yours.`,
  'host.thisComputer': 'This is your own computer',
  'host.thisComputerText': `
    Programs that run on it often trust whoever asks from it. Allow this only if you run a program
    at this address for the application.`,
  'host.private': 'This is no address of the Internet',
  'host.privateText': `
    It is of the network that this computer is in: a router, a printer, something at work. Such
    devices often trust whoever asks from inside. Allow this only if you know what answers there.`,
  'host.stays': `
    From now on applications of this network may have this host asked, without this question. You
    can take that back in the settings, under Hosts. The browser asks you for the same now.`,
  'host.browserNo': 'The browser was not allowed to: the host was not asked.',

  'danger.title': 'Danger',
  'danger.tick': 'I understand and want it all the same',

  'effects.beforeAfter': '{account}, before and after',
  'effects.before': 'Before',
  'effects.after': 'After',
  'effects.difference': 'Difference',
  'effects.fees': 'Fees',
  'effects.messages': 'Messages it sends',
  'effects.makes': 'It also makes',
  'effects.chain': 'a chain {id}',
  'effects.blob': 'a blob {id}',
  'effects.application': 'an application {id}',
  'effects.event': 'an event of {publisher}, {size}',
  'effects.system': 'the system',
  'effects.answers': 'What it was told from outside of the chain',
  'effects.answer.Http': '{request} was answered with status {status} and {size}.',
  'effects.answer.HttpUnknown': 'A host outside answered with status {status} and {size}.',
  'effects.answer.start': 'The answer begins so: {start}',
  'effects.answer.noText': 'The answer is no text.',
  'effects.answer.Service': 'A service answered with {size}.',
  'effects.answer.Event': 'An event of {publisher} on another chain was read: {size}.',
  'effects.raw': 'The block itself',
  'effects.copy': 'Copy the block',

  'vault.otherwise': 'The vault reads another block than this window shows',
  'vault.otherwiseText':
    'It cannot be approved. Reject it; if this comes again, update the wallet.',
  'vault.shown': '{what}, shown',
  'vault.read': '{what}, in the block',
  'vault.chain': 'Chain',
  'vault.height': 'Height',
  'vault.signer': 'Signed by',
  'vault.operations': 'Operations',
  'vault.accepted': 'Accepted bundles',
  'vault.rejected': 'Rejected bundles',

  'warning.UnknownRecipient':
    'No validator knows the recipient chain {chain}. If it does not exist, the money is gone.',
  'warning.RecipientUnchecked': `
    Whether the recipient chain {chain} exists could not be found out. If it does not exist, the
    money is gone.`,
  'warning.EffectsChanged': 'Something changed while this was open. Look again.',
  'warning.EffectsChanged.before':
    'Something changed while this was open (before: {before}). Look again.',
  'warning.FirstTime': 'You have not paid this recipient before.',
  'warning.FirstTime.blocks': `
    You have not paid this recipient in the last {blocks, plural, one {# block} other {#
    blocks}}.`,
  'warning.LookAlike': `
    This recipient only looks like one that you know ({known}): it begins and ends alike, and is
    another. Addresses are made to look so by thieves: compare every group of digits.`,
} as const;
