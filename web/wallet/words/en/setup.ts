// Before there is a wallet, and at its lock: making, restoring, unlocking.
export const setup = {
  'welcome.title': 'Welcome',
  'welcome.lead': `
    A Linera wallet that is its own node: it checks every certificate itself, and your keys
    never leave this browser.`,
  'welcome.create': 'Make a new wallet',
  'welcome.phrase': 'Restore from a phrase',
  'welcome.file': 'Restore from a backup file',

  'create.making': 'Making a phrase',
  'create.title': 'Your phrase',
  'create.lead': 'Step 1 of 3. Write these words on paper, in this order. They are the wallet.',
  'create.length': 'Use {words, number} words instead',
  'create.warning': `
    Whoever knows these words has your money, and nobody can give them back to you. No one from
    Mica will ever ask for them.`,
  'create.saved': 'I have written the words down',
  'create.step': 'Step 3 of 3',
  'create.make': 'Make the wallet',
  'confirm.title': 'Check your paper',
  'confirm.lead': 'Step 2 of 3. Type {words, number} of the words from what you wrote down.',
  'confirm.word': 'Word {position, number}',
  'confirm.wrong': 'This is not word {position, number}.',

  'newPassword.title': 'A password',
  'newPassword.lead': `
    {step}. It protects the wallet on this computer. It cannot be reset; the phrase can always
    restore the wallet.`,
  'newPassword.busy': 'Sealing the keys…',

  'restore.title': 'Restore from a phrase',
  'restore.lead': 'Step 1 of 3. The words in order. Numbers and commas between them do no harm.',
  'restore.step': 'Step 2 of 3',
  'restore.do': 'Restore the wallet',
  'restore.phrase': 'Phrase',
  'restore.unknownWords': 'Not in the list of words: {words}.',
  'restore.checksum': 'The words do not belong together: one is wrong, or two changed places.',
  'restore.count': `
    A phrase has 12, 15, 18, 21 or 24 words; here {count, plural, one {is one} other {are #}}.`,
  'restore.good': `
    {count, plural, one {This word is a phrase.} other {These # words belong together.}}`,
  'restore.soFar': '{count, number} of 12, 15, 18, 21 or 24 words',
  'restore.hasPassphrase': 'The phrase has an extra passphrase',
  'restore.passphrase': 'Passphrase (BIP-39)',
  'restore.passphraseHint':
    'Another passphrase gives another, empty wallet. Leave empty if you never set one.',

  'restoreFile.title': 'Restore from a file',
  'restoreFile.lead':
    'A backup file holds keys, chains and names. It opens with the password of its own.',
  'restoreFile.do': 'Restore the wallet',
  'restoreFile.busy': 'Opening the file…',
  'restoreFile.file': 'Backup file',
  'restoreFile.tooBig': 'This file is far too big to be a backup.',
  'restoreFile.password': 'Password of the file',
  'restoreFile.newPassword': 'New password for this computer',

  'forgot.title': 'Forgot your password?',
  'forgot.lead': `
    Nobody can reset or show it. With the phrase or a backup file you make the wallet anew, with
    a new password. The old password is not needed.`,
  'forgot.warning': 'The wallet in this browser is replaced',
  'forgot.same': `
    By its own phrase or file: its accounts, chains, names and connected sites stay. Imported keys
    come back from a file alone.`,
  'forgot.other': `
    By another one: keys, chains, names, sites and requests of the wallet here are deleted, and
    only its own phrase or file brings it back.`,
  'forgot.neither': `
    Without phrase and file, leave it: only the password opens this wallet, and money on its
    chains stays there.`,
  'forgot.sure': 'I have the phrase or a file, and the wallet here may be replaced',

  'unlock.title': 'Locked',
  'unlock.welcome': 'Welcome back',
  'unlock.idle': 'Locked because nobody was here for a while.',
  'unlock.clockJump':
    'Locked because the clock jumped: the computer slept, or its time was changed.',
  'unlock.tooMany': 'Too many wrong passwords',
  'unlock.wait': 'The next try is possible in {time}.',
  'unlock.do': 'Unlock',
  'unlock.busy': 'Unlocking…',
  'unlock.forgot': 'Forgot your password?',
  'unlock.siteAsks': '{site} asks for something. Unlock to look at it.',
  'unlock.incoming':
    '{amount} incoming ({count, plural, one {# message} other {# messages}}): unlock to receive.',
} as const;
