// What many screens say: names, buttons, money, notices, the network.
export const common = {
  'app.name': 'Mica',
  'app.window': '{screen} · Mica',
  'app.starting': 'Starting the wallet',

  'do.back': 'Back',
  'do.cancel': 'Cancel',
  'do.close': 'Close',
  'do.continue': 'Continue',
  'do.copy': 'Copy',
  'do.done': 'Done',
  'do.rename': 'Rename',
  'do.save': 'Save',
  'do.add': 'Add',
  'do.toWallet': 'To the wallet',
  'do.tryAgain': 'Try again now',
  'said.copied': 'Copied',
  'said.reading': 'Reading',
  'said.unknown': 'not known yet',

  'copy.chain': 'Copy chain id',
  'copy.owner': 'Copy owner',
  'copy.block': 'Copy block hash',
  'copy.blob': 'Copy blob id',
  'copy.application': 'Copy application id',
  'copy.address': 'Copy address',
  'copy.genesis': 'Copy genesis hash',
  'what.chain': 'chain id {id}',
  'what.owner': 'owner {id}',
  'what.block': 'block hash {id}',
  'what.blob': 'blob id {id}',
  'what.application': 'application id {id}',
  'what.address': 'address {id}',
  'what.genesis': 'genesis hash {id}',

  'name.chain': 'chain {id}',
  'name.chainBalance': 'Chain balance',
  'name.ownerOnChain': '{owner} on {chain}',
  'fact.chain': 'Chain',
  'fact.chainId': 'Chain id',
  'fact.owner': 'Owner',
  'fact.height': 'Height',
  'fact.blockHash': 'Block hash',
  'fact.blobId': 'Blob id',
  'fact.size': 'Size',
  'fact.amount': 'Amount',
  'fact.time': 'Time',
  'fact.signer': 'Signed by',
  'fact.network': 'Network',
  'fact.name': 'Name',
  none: 'none',

  'money.unit': '{count, plural, one {token} other {tokens}}',
  'money.exact': '{amount} {count, plural, one {token} other {tokens}}',
  'count.messages': '{count, plural, one {# message} other {# messages}}',
  'count.chains': '{count, plural, one {# chain} other {# chains}}',

  'nav.label': 'Wallet',
  'nav.home': 'Wallet',
  'nav.activity': 'Activity',
  'nav.sites': 'Sites',
  'nav.settings': 'Settings',
  'bar.network': '{network}: {status}',
  'bar.switch': ': {status}. Switch the network.',
  'bar.panel': 'Open in the side panel',
  'bar.tab': 'Open in a tab',
  'bar.lock': 'Lock',

  'network.none': 'No network',
  'network.reset': 'Was reset',
  'network.failed': 'Failed',
  'network.offline': 'Offline',
  'network.opening': 'Opening',
  'network.connected': 'Connected',
  'network.validators': '{up, number} of {all, plural, one {# validator} other {# validators}}',
  'network.adding': 'Adding {name}…',
  'network.switching': 'Switching to {name}…',
  'network.noneChosen': 'No network is chosen',
  'network.unreachable': '{name} cannot be reached',
  'network.goesOn': 'Your money is safe; the wallet goes on trying by itself.',
  'network.triesOn': 'The wallet goes on trying by itself.',
  'network.forTrying': `
    {name} is a public network for trying: its tokens are test money, and it needs nothing on this
    computer.`,
  'network.other': 'Use another network',
  'network.testMoney': 'Test money',
  'network.testMoneyText':
    'Tokens of {name} are for trying: they are worth nothing, and the network may begin anew.',
  'network.noValidator': 'No validator answers',
  'network.fewValidators': 'Too few validators answer',
  'network.noneAnswers': `
    Check the connection of this computer. What was signed waits until enough of them are back:
    your money is safe, and the wallet goes on by itself.`,
  'network.fewAnswer': `
    {down, plural, one {# validator} other {# validators}} of {all, number} cannot be reached.
    What was signed waits until enough of them are back: your money is safe, and the wallet goes
    on by itself.`,
  'clock.ahead': 'The clock is about {time} ahead',
  'clock.behind': 'The clock is about {time} behind',
  'clock.aheadText': `
    The validators say so. Set this computer's date and time. Until then nothing can be sent or
    received. Your money is safe.`,
  'clock.behindText': `
    The validators say so. Set this computer's date and time. Your money is safe and sending
    works, but times shown here are wrong.`,
  'storeLost.title': 'The stored chains were lost',
  'storeLost.what': `
    What this browser had stored is gone, perhaps because it ended in the middle of writing.
    Your keys and your money are safe: the chains are fetched again from the network.`,
  'storeLost.sites': `
    Sites must connect again. A payment that was under way may have happened: look at the
    activity before you repeat it.`,
  'storeLost.read': 'I have read this',
  'repair.do': 'Fetch everything again',
  'repair.busy': 'Fetching the chains…',
  'reset.title': 'The network was reset',
  'reset.text': 'The faucet of {network} now shows another beginning.',
  'reset.do': 'Start anew on it',
  'reset.sure': 'Yes, start anew',
  'reset.keys': 'Your keys stay. The chains shown here belong to the old network.',
  'engine.title': 'The engine stopped',
  'engine.later': `
    The wallet starts it again in {time}, and goes on where it was. Until then what is shown may
    be old, and nothing can be sent. Your keys and your money are safe.`,
  'engine.now': `
    The wallet starts it again now, and goes on where it was. Until then what is shown may be
    old, and nothing can be sent. Your keys and your money are safe.`,

  'password.label': 'Password',
  'password.again': 'The same again',
  'password.show': 'Show the password',
  'password.hide': 'Hide the password',
  'password.short': 'At least {least, number} characters; longer is better than stranger.',
  'password.guessable': 'Easily guessed: choose another.',
  'password.weak': 'Weak: make it longer.',
  'password.fair': 'Fair.',
  'password.strong': 'Strong.',
  'password.tooShort': 'A password has at least {least, number} characters.',
  'password.sameCharacter': 'One character over and over is no password.',
  'password.tooGuessable': `
    This password is among the first that anybody tries. Take several words that do not belong
    together.`,
  'password.tooWeakForFile':
    'Whoever finds the file can guess for as long as they like: make the password longer.',
  'password.differ': 'The two passwords differ.',
  'phrase.showWords': 'Show the words',
} as const;
