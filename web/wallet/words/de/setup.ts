// In German: see en/setup.ts.
export const setup = {
  'welcome.title': 'Willkommen',
  'welcome.lead': `
    Eine Linera-Wallet, die ihr eigener Knoten ist: Sie prüft jedes Zertifikat selbst, und deine
    Schlüssel verlassen diesen Browser nie.`,
  'welcome.create': 'Neue Wallet anlegen',
  'welcome.phrase': 'Aus einer Phrase wiederherstellen',
  'welcome.file': 'Aus einer Sicherung wiederherstellen',

  'create.making': 'Eine Phrase wird erzeugt',
  'create.title': 'Deine Phrase',
  'create.lead': `
    Schritt 1 von 3. Schreibe diese Wörter auf Papier, in dieser Reihenfolge. Sie sind die
    Wallet.`,
  'create.length': 'Stattdessen {words, number} Wörter',
  'create.warning': `
    Wer diese Wörter kennt, hat dein Geld, und niemand kann sie dir zurückgeben. Niemand von
    Mica wird je danach fragen.`,
  'create.saved': 'Ich habe die Wörter aufgeschrieben',
  'create.step': 'Schritt 3 von 3',
  'create.make': 'Wallet anlegen',
  'confirm.title': 'Prüfe dein Papier',
  'confirm.lead': 'Schritt 2 von 3. Tippe {words, number} der Wörter von deinem Papier ab.',
  'confirm.word': 'Wort {position, number}',
  'confirm.wrong': 'Das ist nicht Wort {position, number}.',

  'newPassword.title': 'Ein Passwort',
  'newPassword.lead': `
    {step}. Es schützt die Wallet auf diesem Computer. Es kann nicht zurückgesetzt werden; mit
    der Phrase lässt sich die Wallet immer wiederherstellen.`,
  'newPassword.busy': 'Die Schlüssel werden versiegelt…',

  'restore.title': 'Aus einer Phrase wiederherstellen',
  'restore.lead': `
    Schritt 1 von 3. Die Wörter in ihrer Reihenfolge. Zahlen und Kommas dazwischen schaden
    nicht.`,
  'restore.step': 'Schritt 2 von 3',
  'restore.do': 'Wallet wiederherstellen',
  'restore.phrase': 'Phrase',
  'restore.unknownWords': 'Nicht in der Wortliste: {words}.',
  'restore.checksum':
    'Die Wörter gehören nicht zusammen: Eines ist falsch, oder zwei sind vertauscht.',
  'restore.count': `
    Eine Phrase hat 12, 15, 18, 21 oder 24 Wörter; hier {count, plural, one {ist es eines} other
    {sind es #}}.`,
  'restore.good': `
    {count, plural, one {Dieses Wort ist eine Phrase.} other {Diese # Wörter gehören zusammen.}}`,
  'restore.soFar': '{count, number} von 12, 15, 18, 21 oder 24 Wörtern',
  'restore.hasPassphrase': 'Die Phrase hat eine zusätzliche Passphrase',
  'restore.passphrase': 'Zusätzliche Passphrase (BIP-39)',
  'restore.passphraseHint': `
    Eine andere Passphrase ergibt eine andere, leere Wallet. Lass das Feld leer, wenn du nie
    eine gesetzt hast.`,

  'restoreFile.title': 'Aus einer Datei wiederherstellen',
  'restoreFile.lead': `
    Eine Sicherung enthält Schlüssel, Chains und Namen. Sie hat ein eigenes Passwort.`,
  'restoreFile.do': 'Wallet wiederherstellen',
  'restoreFile.busy': 'Die Datei wird geöffnet…',
  'restoreFile.file': 'Sicherungsdatei',
  'restoreFile.tooBig': 'Diese Datei ist viel zu groß für eine Sicherung.',
  'restoreFile.password': 'Passwort der Datei',
  'restoreFile.newPassword': 'Neues Passwort für diesen Computer',

  'forgot.title': 'Passwort vergessen?',
  'forgot.lead': `
    Niemand kann es zurücksetzen oder zeigen. Mit der Phrase oder einer Sicherung machst du die
    Wallet neu, mit einem neuen Passwort. Das alte Passwort ist dafür nicht nötig.`,
  'forgot.warning': 'Die Wallet in diesem Browser wird ersetzt',
  'forgot.same': `
    Durch ihre eigene Phrase oder Sicherung: Konten, Chains, Namen und verbundene Seiten bleiben.
    Importierte Schlüssel kommen nur aus einer Sicherung zurück.`,
  'forgot.other': `
    Durch eine andere: Schlüssel, Chains, Namen, Seiten und Anfragen der Wallet hier werden
    gelöscht, und nur ihre eigene Phrase oder Sicherung bringt sie zurück.`,
  'forgot.neither': `
    Ohne Phrase und Sicherung lass es: Nur das Passwort öffnet diese Wallet, und das Geld auf
    ihren Chains bleibt dort.`,
  'forgot.sure': 'Ich habe die Phrase oder eine Sicherung, und die Wallet hier darf ersetzt werden',

  'unlock.title': 'Gesperrt',
  'unlock.welcome': 'Willkommen zurück',
  'unlock.idle': 'Gesperrt, weil eine Weile niemand hier war.',
  'unlock.clockJump': `
    Gesperrt, weil die Uhr gesprungen ist: Der Computer schlief, oder seine Zeit wurde geändert.`,
  'unlock.tooMany': 'Zu viele falsche Passwörter',
  'unlock.wait': 'Der nächste Versuch ist in {time} möglich.',
  'unlock.do': 'Entsperren',
  'unlock.busy': 'Wird entsperrt…',
  'unlock.forgot': 'Passwort vergessen?',
  'unlock.siteAsks': '{site} bittet um etwas. Entsperre, um es anzusehen.',
  'unlock.incoming': `
    {amount} im Eingang ({count, plural, one {# Nachricht} other {# Nachrichten}}): Entsperre,
    um zu empfangen.`,
};
