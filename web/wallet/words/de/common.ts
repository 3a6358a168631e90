// In German: see en/common.ts.
export const common = {
  'app.name': 'Mica',
  'app.window': '{screen} · Mica',
  'app.starting': 'Die Wallet startet',

  'do.back': 'Zurück',
  'do.cancel': 'Abbrechen',
  'do.close': 'Schließen',
  'do.continue': 'Weiter',
  'do.copy': 'Kopieren',
  'do.done': 'Fertig',
  'do.rename': 'Umbenennen',
  'do.save': 'Speichern',
  'do.add': 'Hinzufügen',
  'do.toWallet': 'Zur Wallet',
  'do.tryAgain': 'Jetzt erneut versuchen',
  'said.copied': 'Kopiert',
  'said.reading': 'Wird gelesen',
  'said.unknown': 'noch nicht bekannt',

  'copy.chain': 'Chain-ID kopieren',
  'copy.owner': 'Besitzer kopieren',
  'copy.block': 'Block-Hash kopieren',
  'copy.blob': 'Blob-ID kopieren',
  'copy.application': 'Anwendungs-ID kopieren',
  'copy.address': 'Adresse kopieren',
  'copy.genesis': 'Genesis-Hash kopieren',
  'what.chain': 'Chain-ID {id}',
  'what.owner': 'Besitzer {id}',
  'what.block': 'Block-Hash {id}',
  'what.blob': 'Blob-ID {id}',
  'what.application': 'Anwendungs-ID {id}',
  'what.address': 'Adresse {id}',
  'what.genesis': 'Genesis-Hash {id}',

  'name.chain': 'Chain {id}',
  'name.chainBalance': 'Guthaben der Chain',
  'name.ownerOnChain': '{owner} auf {chain}',
  'fact.chain': 'Chain',
  'fact.chainId': 'Chain-ID',
  'fact.owner': 'Besitzer',
  'fact.height': 'Höhe',
  'fact.blockHash': 'Block-Hash',
  'fact.blobId': 'Blob-ID',
  'fact.size': 'Größe',
  'fact.amount': 'Betrag',
  'fact.time': 'Zeit',
  'fact.signer': 'Signiert von',
  'fact.network': 'Netzwerk',
  'fact.name': 'Name',
  none: 'keine',

  'money.unit': '{count, plural, one {Token} other {Token}}',
  'money.exact': '{amount} {count, plural, one {Token} other {Token}}',
  'count.messages': '{count, plural, one {# Nachricht} other {# Nachrichten}}',
  'count.chains': '{count, plural, one {# Chain} other {# Chains}}',

  'nav.label': 'Wallet',
  'nav.home': 'Wallet',
  'nav.activity': 'Verlauf',
  'nav.sites': 'Seiten',
  'nav.settings': 'Optionen',
  'bar.network': '{network}: {status}',
  'bar.switch': ': {status}. Netzwerk wechseln.',
  'bar.panel': 'In der Seitenleiste öffnen',
  'bar.tab': 'In einem Tab öffnen',
  'bar.lock': 'Sperren',

  'network.none': 'Kein Netzwerk',
  'network.reset': 'Wurde zurückgesetzt',
  'network.failed': 'Fehlgeschlagen',
  'network.offline': 'Offline',
  'network.opening': 'Wird geöffnet',
  'network.connected': 'Verbunden',
  'network.validators': '{up, number} von {all, plural, one {# Validator} other {# Validatoren}}',
  'network.adding': '{name} wird hinzugefügt…',
  'network.switching': 'Wechsel zu {name}…',
  'network.noneChosen': 'Kein Netzwerk ist gewählt',
  'network.unreachable': '{name} ist nicht erreichbar',
  'network.goesOn': 'Dein Geld ist sicher; die Wallet versucht es von selbst weiter.',
  'network.triesOn': 'Die Wallet versucht es von selbst weiter.',
  'network.forTrying': `
    {name} ist ein öffentliches Netzwerk zum Ausprobieren: Seine Token sind Testgeld, und auf diesem
    Rechner braucht es nichts.`,
  'network.other': 'Anderes Netzwerk benutzen',
  'network.testMoney': 'Testgeld',
  'network.testMoneyText': `
    Die Token von {name} sind zum Ausprobieren: Sie sind nichts wert, und das Netzwerk kann neu
    beginnen.`,
  'network.noValidator': 'Kein Validator antwortet',
  'network.fewValidators': 'Zu wenige Validatoren antworten',
  'network.noneAnswers': `
    Prüfe die Verbindung dieses Computers. Was signiert ist, wartet, bis genug von ihnen zurück
    sind: Dein Geld ist sicher, und die Wallet macht von selbst weiter.`,
  'network.fewAnswer': `
    {down, plural, one {# Validator} other {# Validatoren}} von {all, number} nicht erreichbar.
    Was signiert ist, wartet, bis genug von ihnen zurück sind: Dein Geld ist sicher, und die
    Wallet macht von selbst weiter.`,
  'clock.ahead': 'Die Uhr geht um etwa {time} vor',
  'clock.behind': 'Die Uhr geht um etwa {time} nach',
  'clock.aheadText': `
    Das sagen die Validatoren. Stelle Datum und Uhrzeit dieses Computers. Bis dahin kann nichts
    gesendet oder empfangen werden. Dein Geld ist sicher.`,
  'clock.behindText': `
    Das sagen die Validatoren. Stelle Datum und Uhrzeit dieses Computers. Dein Geld ist sicher
    und Senden geht, aber die Zeiten, die hier stehen, sind falsch.`,
  'storeLost.title': 'Die gespeicherten Chains sind verloren',
  'storeLost.what': `
    Was dieser Browser gespeichert hatte, ist weg, vielleicht weil er mitten im Schreiben
    endete. Deine Schlüssel und dein Geld sind sicher: Die Chains werden wieder vom Netzwerk
    geholt.`,
  'storeLost.sites': `
    Seiten müssen sich neu verbinden. Eine Zahlung, die unterwegs war, kann ausgeführt sein:
    Sieh im Verlauf nach, bevor du sie wiederholst.`,
  'storeLost.read': 'Ich habe das gelesen',
  'repair.do': 'Alles neu holen',
  'repair.busy': 'Die Chains werden geholt…',
  'reset.title': 'Das Netzwerk wurde zurückgesetzt',
  'reset.text': 'Der Faucet von {network} zeigt jetzt einen anderen Anfang.',
  'reset.do': 'Darauf neu beginnen',
  'reset.sure': 'Ja, neu beginnen',
  'reset.keys': `
    Deine Schlüssel bleiben. Die Chains, die hier stehen, gehören zum alten Netzwerk.`,
  'engine.title': 'Das Getriebe steht still',
  'engine.later': `
    Die Wallet startet es in {time} neu und macht weiter, wo es war. Bis dahin kann veraltet
    sein, was hier steht, und nichts kann gesendet werden. Deine Schlüssel und dein Geld sind
    sicher.`,
  'engine.now': `
    Die Wallet startet es jetzt neu und macht weiter, wo es war. Bis dahin kann veraltet sein,
    was hier steht, und nichts kann gesendet werden. Deine Schlüssel und dein Geld sind sicher.`,

  'password.label': 'Passwort',
  'password.again': 'Noch einmal dasselbe',
  'password.show': 'Passwort zeigen',
  'password.hide': 'Passwort verbergen',
  'password.short': 'Mindestens {least, number} Zeichen; länger ist besser als sonderbarer.',
  'password.guessable': 'Leicht zu erraten: Nimm ein anderes.',
  'password.weak': 'Schwach: Mach es länger.',
  'password.fair': 'Mittel.',
  'password.strong': 'Stark.',
  'password.tooShort': 'Ein Passwort hat mindestens {least, number} Zeichen.',
  'password.sameCharacter': 'Immer dasselbe Zeichen ist kein Passwort.',
  'password.tooGuessable': `
    Dieses Passwort wird als eines der ersten versucht. Nimm mehrere Wörter, die nicht
    zusammengehören.`,
  'password.tooWeakForFile':
    'Wer die Datei findet, kann raten, so lange er will: Mach das Passwort länger.',
  'password.differ': 'Die beiden Passwörter sind verschieden.',
  'phrase.showWords': 'Wörter zeigen',
};
